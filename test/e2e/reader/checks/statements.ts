import { expect } from "vitest";
import type { Policy, Statement } from "../account";
import { type Check, type Deployed, type PolicyKind, policyOf } from "./check";

export const accountId = "123456789012";
export const ofThisAccount = { StringEquals: { "aws:SourceAccount": accountId } };
/** In a key policy: this key. */
export const thisKey = "*";

/** Who, what, on what, when: the statements are written out in full, since a policy is compared as a whole. */
export const allow = (
  who: string | { [kind: string]: string | string[] } | undefined,
  Action: string | string[],
  Resource?: string | string[],
  Condition?: Statement["Condition"],
): Statement => ({
  Effect: "Allow",
  // Nearly all are services: those are named without more words.
  ...(who !== undefined && { Principal: typeof who === "string" ? { Service: `${who}.amazonaws.com` } : who }),
  Action,
  ...(Resource !== undefined && { Resource }),
  ...(Condition !== undefined && { Condition }),
});

export const ownerAdministers = allow({ AWS: `arn:aws:iam::${accountId}:root` }, "kms:*", thisKey);

export const refuseWithoutTls = (Action: string, Resource: string | string[]): Statement => ({
  Effect: "Deny",
  Principal: "*",
  Action,
  Resource,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

/** CloudWatch Logs may use a key for the log groups whose names begin like this one's, up to the provider's random part. */
export function logsUseKey(logGroup: string): Statement {
  const [prefix] = /^.*-/.exec(logGroup)!;
  return allow(
    "logs.us-east-1",
    ["kms:Decrypt", "kms:Describe*", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
    thisKey,
    {
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:us-east-1:${accountId}:log-group:${prefix}*`,
      },
    },
  );
}

/** The ARN of a log group by name, without what stands for its streams. */
export const logGroupArn = (name: string, { account }: Deployed): string =>
  account.logGroups[name]!.arn.replace(/:\*$/, "");

const listOf = (value: unknown): unknown => (Array.isArray(value) ? [...value].sort() : [value]);

/**
 * A statement in one form: lists in one order, condition keys in small letters, as AWS compares them. Its Sid says nothing.
 * Whatever else it has (`NotAction`, `NotPrincipal`, `NotResource`) stays, and is in no statement that is intended.
 */
function normalised({ Sid: _, Principal, Action, Resource, Condition, ...rest }: Statement): object {
  const conditions = Object.entries(Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => [`${operator} ${key.toLowerCase()}`, listOf(value)]),
  );
  const principals = Object.entries(typeof Principal === "object" ? Principal : {});
  return {
    ...rest,
    principal:
      typeof Principal === "string"
        ? Principal
        : Object.fromEntries(principals.map(([kind, who]) => [kind, listOf(who)])),
    action: listOf(Action),
    resource: listOf(Resource),
    condition: Object.fromEntries(conditions.sort()),
  };
}

/** Policies say what is intended: the same statements, in any order, and no other. */
export function expectStatements(policies: Policy[], intended: Statement[]): void {
  const inOrder = (statements: Statement[]) =>
    statements.map(normalised).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  expect(inOrder(policies.flatMap(({ Statement }) => Statement))).toEqual(inOrder(intended));
  for (const { Version } of policies) expect(Version).toBe("2012-10-17");
}

/** @param intended statements, given the ARN of what has the policy. */
export function policyCheck(
  kind: PolicyKind,
  suffix: string,
  intended: (own: string, deployed: Deployed) => Statement[],
): Check {
  const name = ({ called }: Deployed) => (kind === "functions" ? called(suffix).split(":").pop()! : called(suffix));
  return {
    what: `the policy of ${suffix.slice(1)} admits the intended and nobody else`,
    holds(deployed) {
      const own = kind === "buckets" ? `arn:aws:s3:::${deployed.called(suffix)}` : deployed.called(suffix);
      expectStatements([policyOf(kind, name(deployed), deployed)], intended(own, deployed));
    },
    holdsAll: { kind, names: (deployed) => [name(deployed)] },
  };
}

/** A role that one service may take on, and what it may do then: in policies of its own only. */
export function roleChecks(
  suffix: string,
  service: string,
  intended: (deployed: Deployed) => Statement[],
  /** For whom the service may take it on. Default: whom the service says. */
  onBehalfOf?: (deployed: Deployed) => Statement["Condition"],
): Check[] {
  return [
    policyCheck("roles", suffix, (_, deployed) => [
      allow(service, "sts:AssumeRole", undefined, onBehalfOf?.(deployed)),
    ]),
    {
      what: `${suffix.slice(1)} may do what its service needs, on the things of this stack`,
      holds(deployed) {
        const { Policies, Attached } = deployed.account.roles[deployed.called(suffix)]!;
        expect(Attached).toEqual([]);
        expectStatements(Object.values(Policies), intended(deployed));
      },
    },
  ];
}

/** Who writes its log: in log streams of its group, and no other. */
export const writesLog = (logGroup: string, deployed: Deployed): Statement =>
  allow(
    undefined,
    ["logs:CreateLogStream", "logs:PutLogEvents"],
    `${logGroupArn(deployed.called(logGroup), deployed)}:*`,
  );

/** Who puts findings or alerts onto the stack's bus, and nothing else. */
export const reportsFindings = ({ called }: Deployed): Statement =>
  allow(undefined, "events:PutEvents", called("-alerts-findings"), {
    StringEquals: { "events:source": "dynamodb-detective" },
  });

/** A key used in the name of a role, by one service only. */
export const by = (service: string): Statement["Condition"] => ({
  StringEquals: { "kms:ViaService": `${service}.us-east-1.amazonaws.com` },
});
