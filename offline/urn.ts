/** Type of the resource that stands for the stack itself. */
export const stackType = "pulumi:pulumi:Stack";

export interface UrnParts {
  stack: string;
  project: string;
  /** Types of the parents and of the resource, joined with `$`. */
  qualifiedType: string;
  /** Type of the resource itself. */
  type: string;
  name: string;
}

/**
 * The URN that Pulumi's engine gives a resource: the types of its parents, outermost first, then its own. The stack is
 * not part of the chain (Pulumi docs, "Resource names", "URNs").
 */
export function buildUrn(
  stack: string,
  project: string,
  parent: string | undefined,
  type: string,
  name: string,
): string {
  const parentType = parent ? parseUrn(parent).qualifiedType : "";
  const qualified = parentType === "" || parentType === stackType ? type : `${parentType}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

/** The parts of a URN. A name may itself hold `::`; the other parts cannot. */
export function parseUrn(urn: string): UrnParts {
  const [head = "", project = "", qualifiedType = "", ...name] = urn.split("::");
  return {
    stack: head.replace(/^urn:pulumi:/, ""),
    project,
    qualifiedType,
    type: qualifiedType.slice(qualifiedType.lastIndexOf("$") + 1),
    name: name.join("::"),
  };
}

/** A provider reference is `<URN>::<id>`. */
export function providerUrn(reference: string): string {
  return reference.slice(0, reference.lastIndexOf("::"));
}
