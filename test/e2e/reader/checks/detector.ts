import { expect } from "vitest";
import type { Statement } from "../account";
import type { Check, Deployed } from "./check";
import { allowed } from "./policies";

const accountId = "123456789012";

/** The detector's function by name, and what it works with. */
function detector({ account, called }: Deployed) {
  const arn = called("-detector-function");
  const name = arn.split(":").pop()!;
  const table = Object.values(account.tables).find(({ TableArn }) => TableArn === called("-state-table"))!;
  return { arn, name, table, group: account.logGroups[called("-trail-log-group")]!.arn.replace(/:\*$/, "") };
}

/** From the trail's events to the detector, and what it remembers. */
export const detectorChecks: Check[] = [
  {
    what: "a subscription that sends the trail's events to the detector",
    holds(deployed) {
      const [filter, ...others] = Object.values(deployed.account.subscriptionFilters);
      expect(others).toEqual([]);
      expect(filter!.logGroupName).toBe(deployed.called("-trail-log-group"));
      expect(filter!.destinationArn).toBe(detector(deployed).arn);
      // The functions' own calls on the state table would come back for ever.
      for (const role of ["-detector-role", "-notifier-role"]) {
        expect(filter!.filterPattern).toContain(deployed.account.roles[deployed.called(role)]!.Arn);
      }
    },
  },
  {
    what: "a detector that the trail's log group may start, and nothing else",
    holds(deployed) {
      const { name, group } = detector(deployed);
      const may = Object.values(deployed.account.permissions).filter(({ FunctionName }) => FunctionName === name);
      expect(
        may.map(({ Principal, Action, Condition }) => ({ Principal, Action, Condition: plain(Condition) })),
      ).toEqual([
        {
          Principal: { Service: "logs.amazonaws.com" },
          Action: "lambda:InvokeFunction",
          Condition: { "ArnLike aws:sourcearn": `${group}:*`, "StringEquals aws:sourceaccount": accountId },
        },
      ]);
    },
  },
  {
    what: "a queue that gets what the detector could not process",
    holds(deployed) {
      const config = deployed.account.eventInvokeConfigs[detector(deployed).name]!;
      expect(config.DestinationConfig.OnFailure?.Destination).toBe(deployed.called("-detector-failures"));
      expect([config.MaximumRetryAttempts, config.MaximumEventAgeInSeconds]).toEqual([2, 21_600]);
    },
  },
  {
    what: "a state table with a key of its own, protected, with backups and time to live",
    holds(deployed) {
      const { table } = detector(deployed);
      const { account, called } = deployed;
      expect(table.SSEDescription).toMatchObject({ SSEType: "KMS", KMSMasterKeyArn: called("-state-key") });
      expect(account.keys[called("-state-key")]).toMatchObject({ State: "Enabled", Rotation: true });
      expect(table.DeletionProtectionEnabled).toBe(true);
      expect(table.Backups.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus).toBe("ENABLED");
      expect(table.TimeToLive).toEqual({ TimeToLiveStatus: "ENABLED", AttributeName: "expiresAt" });
      expect(table.Tags).toMatchObject({ Security: "high", Confidentiality: "restricted", Environment: "dev" });
    },
  },
  {
    what: "a detector with the state table, the bus, the role and the country database that are its own",
    holds(deployed) {
      const { name, table } = detector(deployed);
      const { Environment, Role, CodeSize } = deployed.account.functions[name]!;
      expect(table.TableArn.endsWith(`/${Environment.Variables["STATE_TABLE"]}`)).toBe(true);
      expect(Environment.Variables["FINDINGS_BUS"]).toBe(deployed.called("-alerts-findings"));
      expect(Role).toBe(deployed.account.roles[deployed.called("-detector-role")]!.Arn);
      expect(CodeSize).toBeGreaterThan(5_000_000);
    },
  },
  {
    what: "a detector that may do what it needs, on its own things and by their services",
    holds(deployed) {
      const { account, called } = deployed;
      const [table, queue] = [called("-state-table"), called("-detector-failures")];
      const bus = called("-alerts-findings");
      const [stateKey, ownKey] = [called("-state-key"), called("-detector-key")];
      const group = `${account.logGroups[called("-detector-log-group")]!.arn.replace(/:\*$/, "")}:*`;
      const policies = account.roles[called("-detector-role")]!.Policies;
      expect(allowed(policies)).toEqual({
        "dynamodb:BatchGetItem": [table],
        "dynamodb:GetItem": [table],
        "dynamodb:PutItem": [table],
        "kms:Decrypt": [stateKey, ownKey],
        "kms:DescribeKey": [stateKey],
        "kms:Encrypt": [stateKey],
        "kms:GenerateDataKey*": [stateKey],
        "kms:ReEncrypt*": [stateKey],
        "events:PutEvents": [bus],
        "kms:GenerateDataKey": [ownKey],
        "sqs:SendMessage": [queue],
        "logs:CreateLogStream": [group],
        "logs:PutLogEvents": [group],
      });
      const conditions = Object.values(policies)
        .flatMap(({ Statement }) => Statement)
        .map(({ Resource, Condition }) => [Resource, plain(Condition)]);
      expect(conditions).toEqual([
        [table, { "ForAllValues:StringLike dynamodb:leadingkeys": ["detector#*"] }],
        [stateKey, { "StringEquals kms:viaservice": "dynamodb.us-east-1.amazonaws.com" }],
        [bus, { "StringEquals events:source": "dynamodb-detective" }],
        [queue, {}],
        [ownKey, { "StringEquals kms:viaservice": "sqs.us-east-1.amazonaws.com" }],
        [group, {}],
      ]);
    },
  },
];

/** Conditions in one object, to compare. Their keys are written in any case. */
export const plain = (condition: Statement["Condition"] = {}) =>
  Object.fromEntries(
    Object.entries(condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, value]) => [`${operator} ${key.toLowerCase()}`, value]),
    ),
  );
