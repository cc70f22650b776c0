import { listedTags } from "../table/listedTags";
import { isMap, known, list, map, mapOrText, type Reading, read, string } from "../table/reading";
import { readTemplate } from "../template";
import type { Declarations, Declared } from "./declared";
import { opaqueReason } from "./opaque";

/** Stacks and stack sets of CloudFormation, in both providers and in templates. */
export const stackTypes: ReadonlySet<string> = new Set([
  "aws:cloudformation/stack:Stack",
  "aws:cloudformation/stackSet:StackSet",
  "AWS::CloudFormation::Stack",
  "AWS::CloudFormation::StackSet",
]);

/** What a stack's template declares. `unfold`: what a resource in it declares in turn. */
export function stackDeclarations(stack: Declared, unfold: (inner: Declared) => Declarations): Declarations {
  const { spelled, props } = stack;
  const names = namesOf(stack);
  const unreadable = (why: string, malformed = false): Declarations => ({
    declared: [],
    unreadable: [{ title: stack.title, why, malformed }],
  });
  const body = read(props, names.body, mapOrText);
  if (body.state === "unknown") return unreadable(`${names.body} is not known before deployment`);
  if (body.state === "malformed") return unreadable(body.problem, true);
  if (body.state === "absent") return unreadable(`its template is kept elsewhere: write it into ${names.body}`);

  const template = readTemplate(body.value, parametersOf(stack, names.parameters));
  if ("problem" in template) return unreadable(`${names.body} cannot be read: ${template.problem}`, true);
  const ignored = stack.ignored([names.body, names.url, names.parameters, names.tags]);
  const inheritedTags = tagsOf(stack, names.tags);
  const found = template.resources.map(({ logicalId, type, properties }): Declarations => {
    const title = `${JSON.stringify(logicalId)} in the template of ${stack.title}`;
    const reason = opaqueReason(type);
    if (reason !== undefined) return { declared: [], unreadable: [{ title, why: reason, malformed: false }] };
    return unfold({
      ...stack,
      type,
      title,
      props: known(properties),
      provider: known({}),
      inheritedTags,
      spelled: (name) => name,
      direct: false,
      ignored: () => ignored,
      ignoreChanges: ignored.length > 0 ? ["*"] : [],
    });
  });
  return {
    declared: found.flatMap(({ declared }) => declared),
    unreadable: [
      ...template.unreadable.map((why) => ({ title: stack.title, why, malformed: false })),
      ...found.flatMap((each) => each.unreadable),
    ],
  };

  function namesOf({ type }: Declared) {
    if (type.startsWith("aws:"))
      return { body: "templateBody", url: "templateUrl", parameters: "parameters", tags: "tags" };
    return {
      body: spelled("TemplateBody"),
      url: spelled("TemplateURL"),
      parameters: spelled("Parameters"),
      tags: spelled("Tags"),
    };
  }
}

/** A map of values, or, for a stack set of CloudFormation, a list of keys and values. */
function parametersOf({ props, spelled }: Declared, property: string): Reading<object> {
  const asMap = read(props, property, map);
  if (asMap.state !== "malformed") return asMap;
  const asList = read(props, property, list);
  if (asList.state !== "known") return { state: "unknown" };
  const entries = asList.value.map((entry): [string, unknown] | undefined => {
    const key = isMap(entry) ? read(known(entry), spelled("ParameterKey"), string) : undefined;
    return key?.state === "known"
      ? [key.value, Object.getOwnPropertyDescriptor(entry, spelled("ParameterValue"))?.value]
      : undefined;
  });
  return entries.every((entry) => entry !== undefined) ? known(Object.fromEntries(entries)) : { state: "unknown" };
}

/** CloudFormation gives a stack's tags to its resources; the provider's default tags are among `tagsAll`. */
function tagsOf({ type, props, spelled, inheritedTags }: Declared, property: string): Reading<object> {
  if (!type.startsWith("aws:")) {
    const own = listedTags(props, property, spelled);
    return own.state === "absent" ? inheritedTags : own;
  }
  const all = read(props, "tagsAll", map);
  return all.state === "known" ? all : read(props, property, map);
}
