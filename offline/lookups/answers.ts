import { isDeepStrictEqual } from "node:util";
import { secretText, unknownText } from "../../stack/registered";
import { closest } from "../../wording";
import { offlineAccountId, partitionOf, textOf } from "../awsLocation";
import { PreviewError } from "../previewError";
import { isRecord, readYaml, shownPath } from "../project";
import { unwrapSecret, type Wire, type WireObject } from "../wire";
import { renderPolicyDocument } from "./policyDocument";

/** A look-up (a Pulumi function, `aws.ec2.getVpc`) that a program made. */
export interface Lookup {
  /** Token of the function, for example `aws:ec2/getVpc:getVpc`. */
  token: string;
  args: WireObject;
}

/** A look-up that has no answer, for people. */
export interface OpenLookup {
  token: string;
  /** Unknown values are `[unknown]`, secrets `[secret]`. */
  args: Record<string, unknown>;
}

/** One answer of a `--lookups` file. */
export interface LookupEntry {
  /** Answers only calls with these arguments, among others. Default: every call. */
  args?: Record<string, unknown>;
  result: WireObject;
  /** Whether a call was answered with it. */
  used?: boolean;
}

export type LookupEntries = Map<string, LookupEntry[]>;

/**
 * Reads a `--lookups` file, JSON or YAML: token of the function to one entry or a list of entries. The first entry whose
 * `args` match answers.
 */
export function readLookups(file: string): LookupEntries {
  const content = readYaml(file);
  const where = shownPath(file);
  if (!isRecord(content)) throw new PreviewError(`${where}: expected a mapping of function tokens to answers.`);
  const entries: LookupEntries = new Map();
  for (const [token, written] of Object.entries(content)) {
    const all = [written].flat().map((entry, index): LookupEntry => {
      const place = `${where}: ${token}${Array.isArray(written) ? `[${index}]` : ""}`;
      if (!isRecord(entry) || !isRecord(entry["result"])) {
        throw new PreviewError(
          `${place}: "result" is missing. Write the properties that the function returns under "result".`,
        );
      }
      const unknown = Object.keys(entry).find((key) => key !== "args" && key !== "result");
      if (unknown) throw new PreviewError(`${place}: unknown key "${unknown}". Allowed: args, result.`);
      if (entry["args"] !== undefined && !isRecord(entry["args"])) {
        throw new PreviewError(`${place}: "args" must be a mapping of argument names to values.`);
      }
      const placeholder = placeholderIn(entry["result"]);
      if (placeholder) {
        throw new PreviewError(
          `${place}: ${placeholder} is still to be filled in. Write ${resultOf(token).what} under "result".`,
        );
      }
      return {
        ...(entry["args"] && { args: entry["args"] as Record<string, unknown> }),
        result: entry["result"] as WireObject,
      };
    });
    entries.set(token, all);
  }
  return entries;
}

/** The answer to a look-up, or undefined where only AWS knows it. */
export function answer(lookup: Lookup, region: string, entries: LookupEntries): WireObject | undefined {
  const entry = entries.get(lookup.token)?.find(({ args }) => args === undefined || contains(lookup.args, args));
  if (entry) {
    entry.used = true;
    return entry.result;
  }

  const { partition, dnsSuffix, reverseDnsPrefix } = partitionOf(region);
  switch (lookup.token) {
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return {
        id: offlineAccountId,
        accountId: offlineAccountId,
        arn: `arn:${partition}:sts::${offlineAccountId}:assumed-role/offline-preview/offline-preview`,
        userId: "AROAOFFLINEPREVIEW000:offline-preview",
      };
    case "aws:index/getRegion:getRegion": {
      const asked = textOf(lookup.args, "region") ?? textOf(lookup.args, "name") ?? region;
      const endpoint = `ec2.${asked}.${partitionOf(asked).dnsSuffix}`;
      return { id: asked, region: asked, name: asked, description: asked, endpoint };
    }
    case "aws:index/getPartition:getPartition":
      return { id: partition, partition, dnsSuffix, reverseDnsPrefix };
    case "aws:iam/getPolicyDocument:getPolicyDocument":
      return renderPolicyDocument(lookup.args);
    default:
      return undefined;
  }
}

/**
 * Entries that answered no call, each as a sentence: of a token that is misspelt, or with arguments that no call has.
 *
 * @param open look-ups that had no answer.
 */
export function unusedEntries(entries: LookupEntries, open: readonly Lookup[]): string[] {
  return [...entries].flatMap(([token, all]) =>
    all.flatMap(({ args, used }) => {
      if (used) return [];
      const entry = `--lookups: the entry for ${token}${args ? ` with ${JSON.stringify(args)}` : ""} answered no call`;
      const asked = open.filter((lookup) => lookup.token === token);
      if (asked.length > 0) {
        return [
          `${entry}: the program asks with other arguments. Leave them out of it, or write those that are listed.`,
        ];
      }
      const near = closest(token, [...new Set(open.map((lookup) => lookup.token))]);
      return [`${entry}.${near ? ` Did you mean ${near}?` : " Remove it, if the program asks no more."}`];
    }),
  );
}

function contains(actual: Wire | undefined, expected: unknown): boolean {
  const plain = unwrapSecret(actual);
  if (!isRecord(expected)) return isDeepStrictEqual(plain, expected);
  return isRecord(plain) && Object.entries(expected).every(([key, value]) => contains(plain[key] as Wire, value));
}

const [property, output, value] = ["<property>", "<output>", "<value>"];
/** Stands for the question whether a resource exists, which has no token of its own. */
export const existsToken = "pulumi:pulumi:existsResource";

/** What the answer of a function consists of, to be filled in. */
function resultOf(token: string): { what: string; result: string } {
  switch (token) {
    case "pulumi:pulumi:StackReference":
      return { what: "the outputs of that stack", result: `{ outputs: { ${output}: ${value} } }` };
    case existsToken:
      return { what: "true or false", result: `{ exists: ${value} }` };
    default:
      return { what: "the properties that the function returns", result: `{ ${property}: ${value} }` };
  }
}

/** A part of an answer that was pasted and not filled in. */
function placeholderIn(result: unknown): string | undefined {
  if (typeof result === "string") return [property, output, value].find((placeholder) => placeholder === result);
  if (typeof result !== "object" || result === null) return undefined;
  const inner = Array.isArray(result) ? result : Object.entries(result).flat();
  return inner.map(placeholderIn).find((found) => found !== undefined);
}

/**
 * What to add to the `--lookups` file, to be filled in (YAML and JSON alike are read): each function once, since a second
 * key of the same name would be an error. Arguments whose value is not shown are left out: every value matches.
 */
export function entriesToAdd(lookups: readonly OpenLookup[]): string {
  const byToken = new Map<string, Set<string>>();
  for (const { token, args } of lookups) {
    const entries = byToken.get(token) ?? new Set();
    byToken.set(
      token,
      entries.add(`  - args: ${JSON.stringify(shownOnly(args))}\n    result: ${resultOf(token).result}`),
    );
  }
  return [...byToken].map(([token, entries]) => [`${JSON.stringify(token)}:`, ...entries].join("\n")).join("\n");
}

function shownOnly(args: Record<string, unknown>): Record<string, unknown> {
  const hidden = (text: string) => [unknownText, secretText].some((mark) => text.includes(mark));
  return Object.fromEntries(Object.entries(args).filter((argument) => !hidden(JSON.stringify(argument))));
}

/** Each look-up once. */
export function distinct(lookups: readonly Lookup[]): Lookup[] {
  return [...new Map(lookups.map((lookup) => [JSON.stringify(lookup), lookup])).values()];
}
