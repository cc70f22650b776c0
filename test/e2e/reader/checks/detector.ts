import { expect } from "vitest";
import { catalog, compilePredicate, isStateful, parseFilterPattern } from "../../../../detections";
import { corpora } from "../../../corpus";
import { type Event, event } from "../../../support/events";
import { alarmCheck, ofFunction, waiting } from "./alarms";
import type { Check, Deployed } from "./check";
import { bound } from "./corpus";
import {
  accountId,
  allow,
  by,
  logGroupArn,
  logsUseKey,
  ownerAdministers,
  policyCheck,
  refuseWithoutTls,
  reportsFindings,
  roleChecks,
  writesLog,
} from "./statements";

/** The detector's function by name, and what it works with. */
function detector({ account, called }: Deployed) {
  const arn = called("-detector-function");
  const name = arn.split(":").pop()!;
  const table = Object.values(account.tables).find(({ TableArn }) => TableArn === called("-state-table"))!;
  return { arn, name, table };
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
    },
  },
  {
    what: "a subscription that selects what the stateful detections ask about, and not the detector's own calls",
    holds(deployed) {
      const [filter] = Object.values(deployed.account.subscriptionFilters);
      const selects = compilePredicate(parseFilterPattern(filter!.filterPattern));
      for (const { detection, fires } of corpora) {
        if (!stateful.has(detection)) continue;
        for (const [name, what] of Object.entries(fires)) {
          const missed = bound(what, deployed).filter((each) => !selects(each));
          expect([detection, name, missed.length]).toEqual([detection, name, 0]);
        }
      }
      // The functions' own calls on the state table would come back for ever.
      for (const suffix of ["-detector-role", "-notifier-role"]) {
        const role = deployed.account.roles[deployed.called(suffix)]!.Arn;
        expect([suffix, selects(calledBy(role)), selects(calledBy(`${role}-2`))]).toEqual([suffix, false, true]);
      }
      expect(selects(event("PutObject", {}, { eventSource: "s3.amazonaws.com" }))).toBe(false);
    },
  },
  policyCheck("functions", "-detector-function", (own, deployed) => [
    allow("logs", "lambda:InvokeFunction", own, {
      ArnLike: { "aws:SourceArn": `${logGroupArn(deployed.called("-trail-log-group"), deployed)}:*` },
      StringEquals: { "aws:SourceAccount": accountId },
    }),
  ]),
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
  policyCheck("keys", "-detector-key", (_, { called }) => [
    ownerAdministers,
    logsUseKey(called("-detector-log-group")),
  ]),
  policyCheck("keys", "-state-key", () => [ownerAdministers]),
  policyCheck("queues", "-detector-failures", (own) => [refuseWithoutTls("sqs:*", own)]),
  ...roleChecks("-detector-role", "lambda", (deployed) => {
    const { called } = deployed;
    const useKey = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];
    return [
      allow(undefined, ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem"], called("-state-table"), {
        "ForAllValues:StringLike": { "dynamodb:LeadingKeys": "detector#*" },
      }),
      allow(undefined, useKey, called("-state-key"), by("dynamodb")),
      allow(undefined, "sqs:SendMessage", called("-detector-failures")),
      allow(undefined, ["kms:Decrypt", "kms:GenerateDataKey"], called("-detector-key"), by("sqs")),
      reportsFindings(deployed),
      writesLog("-detector-log-group", deployed),
    ];
  }),
  alarmCheck("the detector", {
    "-detector-errors": ofFunction("Errors"),
    "-detector-throttles": ofFunction("Throttles", { periods: 3 }),
    "-detector-event-age": ofFunction("AsyncEventAge", { statistic: "Maximum", fires: "> 900000", periods: 3 }),
    "-detector-undelivered-failures": ofFunction("DestinationDeliveryFailures"),
    "-detector-undelivered": { metric: "AWS/Logs DeliveryErrors", statistic: "Sum", fires: "> 0", periodSeconds: 300 },
    "-detector-failures-waiting": waiting,
  }),
];

const stateful = new Set(catalog.filter(isStateful).map(({ id }) => id));

const calledBy = (role: string): Event =>
  event("PutItem", {}, { userIdentity: { type: "AssumedRole", sessionContext: { sessionIssuer: { arn: role } } } });
