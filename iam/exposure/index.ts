import type { PolicyDocument, Statement } from "../document";
import type { PrincipalEntry } from "../principal";
import { type Audience, type Exposure, exposures, isAll, nobody, rateIntersection, type Trust } from "./audience";
import { denyCovers } from "./denyCoverage";
import { limitsOfAllow, limitsOfDeny, type ResourceService, sourcesOfService } from "./limits";

export interface ExposureSettings extends Trust {
  /** Service of the resource. Decides which condition keys narrow. Default: `dynamodb`. */
  readonly service?: ResourceService;
}

/** What one Allow statement means for one of the principals that it names. */
export interface ExposureFinding {
  /** The statement: its `Sid` in quotes or its place. */
  readonly statement: string;
  /** The principal as written. */
  readonly principal: string;
  readonly exposure: Exposure;
  /** One clause: who gets in, or what keeps others out. */
  readonly why: string;
  /**
   * A service that acts for whoever makes it call, since no condition says for whom: others can reach the resource
   * through it (IAM user guide, "The confused deputy problem"). Does not change the exposure: AWS counts a service
   * principal as not public, and some services send no source keys.
   */
  readonly confusedDeputy: boolean;
}

export interface ExposureReport {
  /** The worst of the findings; `private` where there are none. */
  readonly verdict: Exposure;
  /** One per Allow statement and principal, the private ones too. */
  readonly findings: readonly ExposureFinding[];
}

/**
 * Who may be let in from outside by a resource policy. `public` is meant as AWS's Block Public Access means it: a policy
 * is public unless principals, or conditions on trusted keys, are fixed values without wildcard and variable (DynamoDB
 * developer guide, "Blocking public access with resource-based policies"; S3: "The meaning of public"). So a policy that
 * is open for `arn:aws:iam::111122223333:role/*` through aws:PrincipalArn counts as public: DynamoDB refuses it.
 *
 * A Deny closes what an Allow opens only where it certainly covers the Allow's actions and resources. Whether AWS knows
 * the actions and whether the resource matches is not looked at: such a statement may come to life later.
 */
export function exposure(document: PolicyDocument, settings: ExposureSettings): ExposureReport {
  const denies = document.statements.filter(({ effect }) => effect === "Deny");
  const findings = document.statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap((statement) => findingsOf(statement, denies, settings));
  const rank = Math.max(0, ...findings.map((finding) => exposures.indexOf(finding.exposure)));
  return { verdict: exposures[rank]!, findings };
}

function findingsOf(allow: Statement, denies: readonly Statement[], settings: ExposureSettings): ExposureFinding[] {
  const service = settings.service ?? "dynamodb";
  const limits: (readonly Audience[])[] = limitsOfAllow(allow, service).map((limit) => [limit]);
  for (const deny of denies) {
    const left = denyCovers(deny, allow) ? leftBy(deny, service) : undefined;
    if (left) limits.push(left);
  }
  return grantees(allow).map(({ written, audience }) => {
    const services = [[audience], ...limits].some((union) => isAll(union, "services"));
    const sources = services ? sourcesOfService(allow).map((each) => [each]) : [];
    const rating = rateIntersection([[audience], ...limits, ...sources], settings);
    const sourced = [...limits, ...sources].some((union) => isAll(union, "serviceSource"));
    const why = rating.exposure === "public" ? rating.why + withoutEffect(allow) : rating.why;
    return {
      statement: allow.label,
      principal: written,
      exposure: rating.exposure,
      why,
      confusedDeputy: services && !sourced && rating !== nobody,
    };
  });
}

/** An open statement with conditions: none of them keeps a stranger out. */
function withoutEffect({ conditions }: Statement): string {
  if (conditions.length === 0) return "";
  const written = conditions.map(({ operator, key, values }) => `${operator.name} ${key} ${values.join(", ")}`);
  return `, since this does not narrow who calls: ${written.join("; ")}`;
}

function grantees(allow: Statement): { written: string; audience: Audience }[] {
  const { principals } = allow;
  if (principals === undefined) return [{ written: "(none)", audience: { kind: "everyone" } }];
  // "Allows all principals except", anonymous ones included (IAM user guide, "AWS JSON policy elements: NotPrincipal").
  if (principals.except) {
    const written = principals.entries.map((entry) => entry.written).join(", ");
    return [{ written: `everyone except ${written || "nobody"}`, audience: { kind: "everyone" } }];
  }
  return principals.entries.map((entry) => ({ written: entry.written, audience: audienceOf(entry) }));
}

function audienceOf(entry: PrincipalEntry): Audience {
  switch (entry.type) {
    case "everyone":
      return { kind: "everyone" };
    case "account":
    case "arn":
      return { kind: "accounts", accounts: [entry.account] };
    case "service":
      return { kind: "services", services: [entry.written] };
    case "federated":
      return { kind: "unclear", why: `who has an identity at ${entry.written} is not in this policy` };
    case "canonicalUser":
      return { kind: "unclear", why: "a canonical user id does not tell the account: write the account id" };
    case "uniqueId":
      return { kind: "unclear", why: `${entry.written} does not tell the account: write the ARN` };
  }
}

/** Who is not denied by a Deny that covers the Allow. Undefined: not certain to be fewer. */
function leftBy(deny: Statement, service: ResourceService): readonly Audience[] | undefined {
  const { principals } = deny;
  if (principals === undefined) return undefined;
  const everyone = principals.entries.some((entry) => entry.type === "everyone");
  if (principals.except) {
    if (everyone || deny.conditions.length > 0) return undefined;
    return principals.entries.map(audienceOf);
  }
  if (!everyone) return undefined;
  return deny.conditions.length === 0 ? [] : limitsOfDeny(deny, service);
}
