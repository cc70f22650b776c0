import { type ExposureFinding, exposure, readPolicyDocument, type Trust } from "../iam";
import { parseJson } from "../parsing";
import { isMap, unknownSentinels } from "./table/reading";
import type { AttachedPolicy } from "./table/view";
import { compliant, undecided, type Verdict, violation } from "./verdict";

/** Verdicts on whom a policy of a table or stream lets in. */
export function policyVerdicts({ property, label, document }: AttachedPolicy, trust: Trust): Verdict[] {
  switch (document.state) {
    case "absent":
      return [compliant];
    case "unknown":
      return [undecided(`${label}: ${property} is not known before deployment.`)];
    case "malformed":
      return [violation(`${label}: ${document.problem}.`)];
  }
  const parsed = typeof document.value === "string" ? parseJson(document.value) : { value: document.value };
  // The text itself is left out of the message: it may be a secret.
  if ("problem" in parsed) return [violation(`${label}: ${property} is no JSON, write one JSON object.`)];
  const { known, open } = withoutUnknown(parsed.value);
  const verdicts = open
    ? [undecided(`${label}: a principal or a condition in it is not known before deployment.`)]
    : [];
  if (known === undefined) return verdicts.length > 0 ? verdicts : [compliant];
  const read = readPolicyDocument(known);
  if ("error" in read) return [violation(`${label} would be refused: ${read.error.message}.`)];
  const found = exposure(read.document, trust).findings.flatMap((finding) => verdictOn(label, finding));
  return [...found, ...verdicts].length > 0 ? [...found, ...verdicts] : [compliant];
}

function verdictOn(label: string, { statement, principal, exposure: rating, why }: ExposureFinding): Verdict[] {
  const who = `statement ${statement}, principal ${principal}`;
  switch (rating) {
    case "public":
      return [violation(`${label} lets anybody in: ${who}: ${why}.`)];
    case "cross-account":
      return [violation(`${label} lets in another account or organization: ${who}: ${why}.`)];
    case "undecided":
      return [undecided(`${label}: ${who}: ${why}.`)];
    case "private":
      return [];
  }
}

/**
 * The document without what is not known before deployment. Which resources and actions an Allow is for changes nothing
 * about whom it lets in; a Deny that may not cover them protects nothing. A statement whose principal or condition is open
 * is taken out, and makes the whole undecided if it is an Allow.
 */
function withoutUnknown(document: unknown): { known: unknown; open: boolean } {
  if (!isMap(document)) return { known: document, open: false };
  const { Statement: written, ...rest } = document as Record<string, unknown>;
  if (isUnknown(written) || holdsUnknown(rest)) return { known: undefined, open: true };
  const statements = Array.isArray(written) ? written : [written];
  let open = false;
  const kept = statements.flatMap((statement: unknown) => {
    if (!holdsUnknown(statement)) return [statement];
    if (!isMap(statement)) {
      open = true;
      return [];
    }
    const {
      Effect: effect,
      Resource,
      NotResource,
      Action,
      NotAction,
      Sid,
      ...who
    } = statement as Record<string, unknown>;
    const isDeny = effect === "Deny";
    if (isDeny) return [];
    if (isUnknown(effect) || holdsUnknown(who)) {
      open = true;
      return [];
    }
    const everything = (element: string, value: unknown) =>
      value === undefined ? {} : holdsUnknown(value) ? { [element.replace("Not", "")]: "*" } : { [element]: value };
    return [
      {
        Effect: effect,
        ...(typeof Sid === "string" && !isUnknown(Sid) && { Sid }),
        ...who,
        ...everything("Action", Action),
        ...everything("NotAction", NotAction),
        ...everything("Resource", Resource),
        ...everything("NotResource", NotResource),
      },
    ];
  });
  // A document whose every statement is open, or denies, has nothing left to read.
  if (kept.length === 0 && statements.length > 0) return { known: undefined, open };
  return { known: { ...rest, Statement: Array.isArray(written) ? kept : kept[0] }, open };
}

const isUnknown = (value: unknown): boolean => unknownSentinels.has(value);

/** What is nested deeper than any policy counts as not known. */
function holdsUnknown(value: unknown, depth = 0): boolean {
  if (isUnknown(value) || depth > 50) return true;
  if (Array.isArray(value)) return value.some((each) => holdsUnknown(each, depth + 1));
  return isMap(value) && Object.values(value).some((each) => holdsUnknown(each, depth + 1));
}
