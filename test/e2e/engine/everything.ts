import { readAccount } from "../reader/account";
import type { Deployed } from "../reader/checks/check";
import { makeTable } from "./existing";
import { rootStack } from "./programs";
import type { Engine, EngineStack, Outcome } from "./stack";
import { awsResources, type StateResource } from "./state";

export const alertAddress = "security@example.com";
export const healthAddress = "oncall@example.com";
export const evidenceReader = "arn:aws:iam::123456789012:role/forensics";
export const pagerDutyKey = "0123456789abcdef0123456789abcdef";
export const siemBusArn = "arn:aws:events:us-east-1:210987654321:event-bus/siem";
export const watchedTable = "orders";

/** Configuration with every part switched on, for an account that has the table already. */
export const everything = async (engine: Engine) => ({
  emails: [alertAddress],
  healthEmails: [healthAddress],
  tags: { Team: "security" },
  createConfigServiceLinkedRole: true,
  keyReaderArns: [evidenceReader],
  slack: { teamId: "T07EA123LEP", channelId: "C07EZ1ABC23" },
  teams: {
    teamId: "0f1e2d3c-0000-4000-8000-0123456789ab",
    tenantId: "0f1e2d3c-0000-4000-8000-0123456789ac",
    channelId: "19:abc@thread.tacv2",
  },
  pagerDuty: { integrationKey: pagerDutyKey },
  sqs: {},
  securityHub: true,
  eventBusArn: siemBusArn,
  streamMonitor: { tables: [{ streamArn: (await makeTable(engine, watchedTable)).streamArn }] },
});

export interface Deployment {
  stack: EngineStack;
  up: Outcome;
  resources: StateResource[];
  /** The account as it is now. */
  read(): Promise<Deployed>;
}

/** Deploys a stack with every part switched on. */
export async function deployEverything(engine: Engine, stackName = "dev"): Promise<Deployment> {
  const stack = await engine.stack(rootStack(await everything(engine), stackName));
  const up = await stack.up();
  const resources = awsResources(await stack.export());
  return {
    stack,
    up,
    resources,
    read: async () => ({ account: await readAccount(engine), called: (suffix) => called(suffix, resources) }),
  };
}

function called(suffix: string, resources: StateResource[]): string {
  const found = resources.filter(({ urn }) => urn.split("::").pop()!.endsWith(`dynamodb-detective${suffix}`));
  if (found.length !== 1) throw new Error(`${found.length} resources end with ${suffix}`);
  const { type, id, outputs } = found[0]!;
  const byName = ["aws:s3/", "aws:iam/", "aws:cloudwatch/log"].some((start) => type.startsWith(start));
  return byName ? id! : String(outputs!["arn"]);
}
