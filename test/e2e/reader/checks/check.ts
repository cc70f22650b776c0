import type { AccountContents, Policy } from "../account";

/** The account after a deployment with every part switched on (engine/everything.ts). */
export interface Deployed {
  account: AccountContents;
  /** What the contents call the resource whose logical name ends like this: its ARN, or its name where the API goes by names. */
  called(suffix: string): string;
}

/** Something that must be so in the account. Nothing of the program is asked: only what boto3 read. */
export interface Check {
  what: string;
  /** Throws where it is not so. */
  holds(deployed: Deployed): void;
  /** What this check holds as a whole: anything of these kinds that no check holds was not meant. */
  holdsAll?: { kind: HeldKind; names(deployed: Deployed): string[] };
}

/** Kinds of which the account has nothing but what some check holds against what is intended. */
export type HeldKind = PolicyKind | "alarms";

/** What has a policy; of a role it is the one that says who may take it on, of a function who may start it. */
export type PolicyKind = "topics" | "queues" | "buckets" | "keys" | "roles" | "functions";

/** By the name that the contents have for it. */
export function policyOf(kind: PolicyKind, name: string, { account }: Deployed): Policy {
  if (kind === "roles") return account.roles[name]!.Trust;
  if (kind !== "functions") return account[kind][name]!.Policy!;
  const statements = Object.values(account.permissions).filter((statement) => statement.FunctionName === name);
  return { Version: "2012-10-17", Statement: statements.map(({ FunctionName: _, ...statement }) => statement) };
}
