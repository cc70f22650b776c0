import { isObject, unwrapSecret, type Wire, type WireObject } from "../wire";

type Statement = Record<string, unknown>;

/**
 * Renders `aws:iam/getPolicyDocument:getPolicyDocument` as the AWS provider does
 * (terraform-provider-aws, `internal/service/iam/policy_document_data_source.go`): lists of one are strings, longer lists
 * are sorted backwards, `&{…}` becomes `${…}`, a later statement with the same sid replaces an earlier one.
 */
export function renderPolicyDocument(args: WireObject): WireObject {
  const version = text(args["version"]) ?? "2012-10-17";
  const document: Record<string, unknown> = { Version: version };
  if (text(args["policyId"])) document["Id"] = text(args["policyId"]);

  const statements: Statement[] = [];
  const merge = (added: Statement[]) => {
    for (const statement of added) {
      const same = statement["Sid"] ? statements.findIndex(({ Sid }) => Sid === statement["Sid"]) : -1;
      if (same === -1) statements.push(statement);
      else statements[same] = statement;
    }
  };
  for (const source of [...texts(args["sourceJson"]), ...texts(args["sourcePolicyDocuments"])])
    merge(statementsOf(source));
  merge(list(args["statements"]).filter(isObject).map(renderStatement));
  for (const override of [...texts(args["overrideJson"]), ...texts(args["overridePolicyDocuments"])]) {
    merge(statementsOf(override));
  }
  if (statements.length > 0) document["Statement"] = statements;

  const minifiedJson = JSON.stringify(document);
  return { ...args, version, id: String(hash(minifiedJson)), json: JSON.stringify(document, null, 2), minifiedJson };
}

function renderStatement(statement: WireObject): Statement {
  const rendered: Statement = {};
  const sid = text(statement["sid"]);
  if (sid) rendered["Sid"] = sid;
  rendered["Effect"] = text(statement["effect"]) ?? "Allow";
  set(rendered, "Action", names(statement["actions"]));
  set(rendered, "NotAction", names(statement["notActions"]));
  set(rendered, "Resource", names(statement["resources"], variables));
  set(rendered, "NotResource", names(statement["notResources"], variables));
  set(rendered, "Principal", principals(statement["principals"]));
  set(rendered, "NotPrincipal", principals(statement["notPrincipals"]));
  set(rendered, "Condition", conditions(statement["conditions"]));
  return rendered;
}

function set(target: Statement, key: string, value: unknown): void {
  if (value !== undefined) target[key] = value;
}

function names(value: Wire | undefined, map: (name: string) => string = (name) => name): string | string[] | undefined {
  const all = texts(value).map(map);
  if (all.length <= 1) return all[0];
  return [...new Set(all)].sort().reverse();
}

function principals(value: Wire | undefined): unknown {
  const all = list(value).filter(isObject);
  if (all.length === 0) return undefined;
  const [only] = all;
  // `"*"` and `{"AWS": "*"}` differ for role trust policies, so a principal of type "*" keeps the short form.
  if (all.length === 1 && text(only!["type"]) === "*" && texts(only!["identifiers"]).join() === "*") return "*";
  const byType: Record<string, string | string[]> = {};
  for (const principal of all) {
    const type = text(principal["type"]) ?? "AWS";
    const added = names(principal["identifiers"], variables);
    if (added === undefined) continue;
    const before = byType[type];
    byType[type] = before === undefined ? added : [before, added].flat();
  }
  return byType;
}

function conditions(value: Wire | undefined): unknown {
  const all = list(value).filter(isObject);
  if (all.length === 0) return undefined;
  const rendered: Record<string, Record<string, string | string[]>> = {};
  for (const condition of all) {
    const test = text(condition["test"]) ?? "";
    const variable = text(condition["variable"]) ?? "";
    const values = texts(condition["values"]).map(variables);
    rendered[test] ??= {};
    const byVariable = rendered[test];
    const merged = [...[byVariable[variable] ?? []].flat(), ...values];
    byVariable[variable] = merged.length === 1 ? merged[0]! : merged;
  }
  return rendered;
}

/** Terraform writes IAM variables as `&{…}`, since `${…}` is its own interpolation. */
const variables = (value: string): string => value.replaceAll("&{", "${");

function statementsOf(json: string): Statement[] {
  if (json.trim() === "") return [];
  const parsed = JSON.parse(json) as { Statement?: Statement | Statement[] };
  return [parsed.Statement ?? []].flat();
}

const list = (value: Wire | undefined): Wire[] => {
  const plain = unwrapSecret(value);
  return Array.isArray(plain) ? plain : [];
};

function text(value: Wire | undefined): string | undefined {
  const plain = unwrapSecret(value);
  return typeof plain === "string" && plain !== "" ? plain : undefined;
}

function texts(value: Wire | undefined): string[] {
  const plain = unwrapSecret(value);
  if (typeof plain === "string") return plain === "" ? [] : [plain];
  return list(plain).flatMap((element) => text(element) ?? []);
}

function hash(value: string): number {
  let sum = 0;
  for (const char of value) sum = (sum * 31 + char.codePointAt(0)!) >>> 0;
  return sum;
}
