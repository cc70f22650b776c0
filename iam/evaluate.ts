import { type Answer, allOf, answer, anyOf, unknown, yes } from "./answer";
import { conditionsHold } from "./conditions";
import type { PolicyDocument, Statement } from "./document";
import { applies, appliesExcept } from "./principal";
import { type AccessRequest, type ContextLookup, contextOf } from "./request";
import { expand } from "./variables";
import { matches, matchesIgnoringCase, resourcePattern, wildcardPattern } from "./wildcards";

/**
 * - `allow`: a statement allows it and none denies it.
 * - `explicitDeny`: a statement denies it.
 * - `implicitDeny`: no statement says anything.
 * - `undecided`: it depends on something that is not known. Never treat this as either.
 */
export interface Decision {
  readonly decision: "allow" | "explicitDeny" | "implicitDeny" | "undecided";
  /** The statement that decided: its `Sid` in quotes or its place. Absent where none did. */
  readonly statement?: string;
  /** One sentence: which statement and why, or what stopped each Allow. */
  readonly why: string;
}

/**
 * Judges a request by policy documents taken together: an explicit Deny wins, then an Allow, else the request is denied
 * (IAM user guide, "Policy evaluation logic"). Which documents apply, and whether one Allow is enough, is `mayAccess`.
 */
export function evaluate(documents: PolicyDocument | readonly PolicyDocument[], request: AccessRequest): Decision {
  return decide(judge(documents, request));
}

/** A statement that takes part, and whether it applies. */
export interface Judgement {
  readonly statement: Statement;
  readonly applies: Answer;
  /** Whether it applies by naming the caller, and not just the account, whose own policies must then allow it too. */
  readonly appliesDirectly: Answer;
}

export function judge(
  documents: PolicyDocument | readonly PolicyDocument[],
  request: AccessRequest,
): readonly Judgement[] {
  const lookup = contextOf(request);
  return [documents].flat().flatMap((document) =>
    document.statements.map((statement) => {
      const applies = statementApplies(document, statement, request, lookup);
      const direct = namesBeyondAccount(statement, request);
      return { statement, applies, appliesDirectly: allOf([direct, applies], applies.why) };
    }),
  );
}

export function decide(judgements: readonly Judgement[]): Decision {
  const of = (effect: "Allow" | "Deny", truth: Answer["truth"]) =>
    judgements.filter((each) => each.statement.effect === effect && each.applies.truth === truth);
  const [denied] = of("Deny", true);
  if (denied) {
    const { label } = denied.statement;
    return { decision: "explicitDeny", statement: label, why: `${label} denies it (${denied.applies.why}).` };
  }
  const [allowed] = of("Allow", true);
  const open = [...of("Deny", "unknown"), ...(allowed ? [] : of("Allow", "unknown"))];
  // A Deny that may apply changes nothing where nothing allows.
  if (open.length > 0 && (allowed || of("Allow", "unknown").length > 0)) {
    return { decision: "undecided", statement: open[0]!.statement.label, why: `${list(open)}.` };
  }
  if (allowed) {
    const { label } = allowed.statement;
    return { decision: "allow", statement: label, why: `${label} allows it (${allowed.applies.why}).` };
  }
  const near = of("Allow", false);
  const reasons = near.length === 0 ? "There is no Allow statement" : `No statement allows it: ${list(near)}`;
  return { decision: "implicitDeny", why: `${reasons}.` };
}

function list(judgements: readonly Judgement[]): string {
  return judgements.map(({ statement, applies }) => `${statement.label} (${applies.why})`).join(", ");
}

function statementApplies(
  document: PolicyDocument,
  statement: Statement,
  request: AccessRequest,
  lookup: ContextLookup,
): Answer {
  const variables = document.version === "2012-10-17";
  return allOf(
    [
      actionListed(statement, request.action),
      resourceListed(statement, request.resource, variables, lookup),
      principalListed(statement, request),
      conditionsHold(statement.conditions, { lookup, variables }),
    ],
    "principal, action, resource and conditions match",
  );
}

function principalListed({ principals }: Statement, { principal }: AccessRequest): Answer {
  if (principals === undefined) return yes("an identity policy applies to whom it is attached");
  return principals.except ? appliesExcept(principals.entries, principal) : applies(principals.entries, principal);
}

/** Actions are not case sensitive (IAM user guide, "IAM JSON policy elements: Action"). */
function actionListed({ actions }: Statement, action: string): Answer {
  const listed = actions.entries.some((entry) => matchesIgnoringCase(wildcardPattern(entry), action));
  return answer(listed !== actions.except, `${actions.except ? "NotAction" : "Action"} ${actions.entries.join(", ")}`);
}

function resourceListed({ resources }: Statement, resource: string, variables: boolean, lookup: ContextLookup): Answer {
  if (resources === undefined) return yes("a trust policy is about its role");
  const label = `${resources.except ? "NotResource" : "Resource"} ${resources.entries.join(", ")}`;
  const listed = anyOf(
    resources.entries.map((entry) => {
      if (/^\*+$/.test(entry)) return yes(label);
      const expansion = expand(entry, { variables, wildcards: true, lookup });
      if ("unknown" in expansion) return unknown(`${label}: the value of ${expansion.unknown} is not known`);
      return answer("pattern" in expansion && matches(resourcePattern(expansion.pattern), resource), label);
    }),
    label,
  );
  if (listed.truth === "unknown") return listed;
  return answer(listed.truth !== resources.except, label);
}

function namesBeyondAccount({ principals }: Statement, { principal }: AccessRequest): Answer {
  // The root user is the account.
  if (principals === undefined || principals.except || !("arn" in principal) || principal.arn.endsWith(":root")) {
    return yes("the statement is not for an account");
  }
  return applies(
    principals.entries.filter((entry) => entry.type !== "account"),
    principal,
  );
}
