import { parseJson } from "../../parsing";
import { overlap } from "../table/propertyPath";
import { isMap, known, map, mapOrText, type Reading, read, string } from "../table/reading";
import { nativeName, typeOfNative } from "./cloudFormation";
import type { Declarations, Declared, PolicyResource } from "./declared";
import { opaqueReason } from "./opaque";
import { stackDeclarations, stackTypes } from "./stack";

export type { Declarations, Declared, PolicyResource, Unreadable } from "./declared";

/** What dynamic and other unknown resource types are to be read as: by type token, one of `readableTypes`. */
export type TableTypes = Readonly<Record<string, string>>;

const absent: Reading<never> = { state: "absent" };
const nothing: Declarations = { declared: [], unreadable: [] };

const readServices =
  /^(aws:(backup|cloudcontrol|cloudformation|cloudtrail|dax|dynamodb|lambda|serverlessrepository|servicecatalog)\/|aws-native:|AWS::)/;

/** Whether any policy reads types of a resource's service: every policy asks of every resource, and most are of none. */
export const isOfReadService = (type: string): boolean => readServices.test(type);

/** Everything that a Pulumi resource declares, however it does. */
export function declarations(resource: PolicyResource, tableTypes: TableTypes = {}): Declarations {
  const { type, name, props } = resource;
  const as = Object.hasOwn(tableTypes, type) ? tableTypes[type]! : type;
  if (!isOfReadService(as)) return nothing;
  const title = JSON.stringify(name);
  const inputs = known(props);
  const reason = opaqueReason(as);
  if (reason !== undefined) return { declared: [], unreadable: [{ title, why: reason, malformed: false }] };
  switch (as) {
    case "aws:cloudcontrol/resource:Resource":
      return embedded(resource, read(inputs, "typeName", string), "typeName", "desiredState");
    case "aws-native:index:ExtensionResource":
      return embedded(resource, read(inputs, "type", string), "type", "properties");
  }
  const native = typeOfNative(as);
  const direct = declared(resource, {
    type: native ?? as,
    spelled: native ? nativeName : (property) => property,
  });
  return unfolded(direct);
}

/** A stack of CloudFormation is what its template declares; anything else is itself. */
function unfolded(declaration: Declared): Declarations {
  return stackTypes.has(declaration.type)
    ? stackDeclarations(declaration, unfolded)
    : { declared: [declaration], unreadable: [] };
}

function declared(resource: PolicyResource, own: Pick<Declared, "type" | "spelled"> & Partial<Declared>): Declared {
  const { name, props, provider, opts } = resource;
  const { ignoreChanges } = opts;
  return {
    title: JSON.stringify(name),
    props: known(props),
    provider: provider ? known(provider.props) : { state: "unknown" },
    inheritedTags: absent,
    ignored: (properties) => ignoreChanges.filter((path) => properties.some((property) => overlap(path, property))),
    ignoreChanges,
    protect: opts.protect === true,
    direct: true,
    ...own,
  };
}

/** A resource that names its type of CloudFormation, with the properties in one input: as JSON text or as a map. */
function embedded(resource: PolicyResource, type: Reading<string>, typeName: string, holder: string): Declarations {
  const title = JSON.stringify(resource.name);
  const unreadable = (why: string): Declarations => ({ declared: [], unreadable: [{ title, why, malformed: false }] });
  if (type.state === "unknown") return unreadable(`${typeName} is not known before deployment`);
  // Without a type nothing is created, and AWS says so.
  if (type.state !== "known") return { declared: [], unreadable: [] };
  const reason = opaqueReason(type.value);
  if (reason !== undefined) return unreadable(reason);
  const inputs = read(known(resource.props), holder, mapOrText);
  const isText = inputs.state === "known" && typeof inputs.value === "string";
  const { ignoreChanges } = resource.opts;
  return unfolded(
    declared(resource, {
      type: type.value,
      spelled: (name) => name,
      props: isText ? parsedText(inputs.value as string, holder) : read(known(resource.props), holder, map),
      ignored: (properties) =>
        ignoreChanges.filter((path) =>
          isText ? overlap(path, holder) : properties.some((property) => overlap(path, `${holder}.${property}`)),
        ),
      provider: known({}),
      direct: false,
    }),
  );
}

function parsedText(text: string, holder: string): Reading<object> {
  const parsed = parseJson(text);
  if ("problem" in parsed) return { state: "malformed", problem: `${holder} is no JSON` };
  return isMap(parsed.value) ? known(parsed.value) : { state: "malformed", problem: `${holder} is no JSON object` };
}
