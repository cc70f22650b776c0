import { parseJson, parseYaml } from "../../parsing";
import { isMap, type Reading, unknownValue } from "../table/reading";
import { conditionsOf } from "./conditions";
import { evaluate, type Scope } from "./intrinsics";

/** A resource in a CloudFormation template. */
export interface TemplateResource {
  logicalId: string;
  type: string;
  /** With functions evaluated; what is not known before deployment is `unknownValue`. */
  properties: object;
}

export interface Template {
  resources: readonly TemplateResource[];
  /** What else the template may create, and why it cannot be read. */
  unreadable: readonly string[];
}

/** Macros that add no resources but those that are read here. SAM's own resources are. */
const readMacros = /^AWS::(LanguageExtensions|Serverless-2016-10-31|SecretsManager-\S+|CodeDeployBlueGreen)$/;
const nothing: Template = { resources: [], unreadable: [] };

type Answer = Template | { problem: string };
/** The template that was read last: each policy asks for it. */
let last: { key: string; answer: Answer } | undefined;

/** Reads a template, or says what is wrong with it. */
export function readTemplate(body: string | object, parameters: Reading<object>): Answer {
  if (typeof body !== "string") return evaluated(body, parameters);
  const key = `${JSON.stringify(parameters)}\n${body}`;
  if (last?.key !== key) {
    const parsed = parseTemplate(body);
    last = { key, answer: "problem" in parsed ? parsed : evaluated(parsed.value, parameters) };
  }
  return last.answer;
}

function evaluated(body: unknown, parameters: Reading<object>): Answer {
  if (!isMap(body)) return { problem: "the template is no map" };
  const template = body as Record<string, unknown>;
  const values = { parameters: parametersOf(template["Parameters"], parameters), mappings: template["Mappings"] };
  const scope: Scope = { ...values, condition: conditionsOf(template["Conditions"], values) };
  const found = resourcesOf(template["Resources"], scope, 0);
  return { ...found, unreadable: [...macros(template["Transform"]), ...found.unreadable] };
}

/** JSON is YAML too, and much faster to read as JSON. */
function parseTemplate(text: string) {
  const json = parseJson(text);
  return "value" in json ? json : parseYaml(text, Object.keys(shortForms), (tag, value) => shortForms[tag]!(value));
}

const full = (name: string) => (value: unknown) => ({ [`Fn::${name}`]: value });
const shortForms: Record<string, (value: unknown) => unknown> = {
  Ref: (value) => ({ Ref: value }),
  Condition: (value) => ({ Condition: value }),
  ...Object.fromEntries(
    // biome-ignore format: a list of names
    ["And", "Base64", "Cidr", "Equals", "FindInMap", "ForEach", "GetAtt", "GetAZs", "If", "ImportValue", "Join", "Length",
      "Not", "Or", "Select", "Split", "Sub", "ToJsonString", "Transform"].map((name) => [name, full(name)]),
  ),
};

function parametersOf(declared: unknown, given: Reading<object>): Map<string, unknown> {
  const values = new Map<string, unknown>();
  if (!isMap(declared)) return values;
  for (const [name, definition] of Object.entries(declared)) {
    // The value names a parameter of Systems Manager, which is read at deployment.
    const isStored = isMap(definition) && String((definition as { Type?: unknown }).Type).startsWith("AWS::SSM::");
    const own = given.state === "known" ? Object.getOwnPropertyDescriptor(given.value, name)?.value : undefined;
    const value =
      given.state === "unknown" || given.state === "malformed"
        ? unknownValue
        : (own ?? (isMap(definition) ? (definition as { Default?: unknown }).Default : undefined));
    if (!isStored && value !== undefined) values.set(name, value);
  }
  return values;
}

function macros(transform: unknown): string[] {
  const names = (Array.isArray(transform) ? transform : [transform]).filter(
    (each) => each !== undefined && each !== null,
  );
  return names
    .map((each) => (typeof each === "string" ? each : isMap(each) ? String((each as { Name?: unknown }).Name) : "?"))
    .filter((name) => !readMacros.test(name))
    .map((name) => `the macro ${name} may add resources`);
}

function resourcesOf(declared: unknown, scope: Scope, depth: number): Template {
  if (!isMap(declared)) return nothing;
  const found = Object.entries(declared).map(([logicalId, written]): Template => {
    if (logicalId.startsWith("Fn::ForEach::")) return repeated(logicalId, written, scope, depth);
    if (logicalId.startsWith("Fn::")) return { resources: [], unreadable: [`${logicalId} may add resources`] };
    if (!isMap(written)) return nothing;
    const { Type: type, Condition: condition, Properties: properties } = written as Record<string, unknown>;
    if (typeof condition === "string" && scope.condition(condition) === false) return nothing;
    if (typeof type !== "string") return nothing;
    const evaluated = evaluate(properties ?? {}, scope);
    if (!isMap(evaluated))
      return { resources: [], unreadable: [`the properties of ${logicalId} are not known before deployment`] };
    return { resources: [{ logicalId, type, properties: evaluated }], unreadable: [] };
  });
  return {
    resources: found.flatMap(({ resources }) => resources),
    unreadable: found.flatMap(({ unreadable }) => unreadable),
  };
}

/**
 * `"Fn::ForEach::Name": [variable, collection, { "Id${variable}": resource }]`: the resource is read once, and stands for
 * all of its copies; what holds the variable is not known.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
function repeated(name: string, written: unknown, scope: Scope, depth: number): Template {
  const [variable, , body] = Array.isArray(written) ? written : [];
  if (typeof variable !== "string" || !isMap(body) || depth > 5) {
    return { resources: [], unreadable: [`${name} is not readable`] };
  }
  return resourcesOf(withoutVariable(body, variable, 0), scope, depth + 1);
}

function withoutVariable(value: unknown, variable: string, depth: number): unknown {
  if (depth > 100) return unknownValue;
  if (typeof value === "string")
    return value.includes(`\${${variable}}`) || value.includes(`&{${variable}}`) ? unknownValue : value;
  if (Array.isArray(value)) return value.map((each) => withoutVariable(each, variable, depth + 1));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, withoutVariable(each, variable, depth + 1)]),
  );
}
