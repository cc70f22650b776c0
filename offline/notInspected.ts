import type { Registration } from "./registration";

/** A resource whose content the preview cannot see. */
export interface NotInspected {
  urn: string;
  type: string;
  reason: string;
}

/**
 * What of a program no verdict is about, whatever the pack: what the policies of the own pack cannot read, such as a
 * template by URL, they say themselves.
 *
 * @param tableTypes types that the policies are configured to read as tables.
 */
export function notInspected(
  registrations: readonly Registration[],
  tableTypes: ReadonlySet<string> = new Set(),
): NotInspected[] {
  return registrations.flatMap((registration) => {
    const { urn, type } = registration;
    const reason = tableTypes.has(type) ? undefined : reasonFor(registration);
    return reason === undefined ? [] : [{ urn, type, reason }];
  });
}

function reasonFor({ type, remote }: Registration): string | undefined {
  if (remote) return "a component of another language: its children are made by its own provider";
  return type.startsWith("pulumi-nodejs:dynamic")
    ? "a dynamic resource: what it makes is the program's own code"
    : undefined;
}

/** Types that every policy which can be told of them is told of; one that is told to some is not inspected by the rest. */
export function typesReadAsTables(policies: Iterable<{ properties: Record<string, unknown> }>): ReadonlySet<string> {
  const configured = [...policies].flatMap(({ properties: { tableTypes } }) =>
    typeof tableTypes === "object" && tableTypes !== null ? [new Set(Object.keys(tableTypes))] : [],
  );
  const [first = new Set<string>(), ...rest] = configured;
  return new Set([...first].filter((type) => rest.every((types) => types.has(type))));
}
