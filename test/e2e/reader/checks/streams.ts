import { expect } from "vitest";
import { watchedTable } from "../../engine/everything";
import { alarmCheck, fired, type Intended, ofFunction } from "./alarms";
import type { Check, Deployed } from "./check";
import {
  allow,
  by,
  logsUseKey,
  ownerAdministers,
  policyCheck,
  refuseWithoutTls,
  reportsFindings,
  roleChecks,
  writesLog,
} from "./statements";
import { accessLogs, all } from "./trail";

const itemChanges = (detection: string, fires: string): Intended => ({
  metric: `dynamodb-detective/dev/dynamodb-detective-streams ${detection}`,
  statistic: "Sum",
  fires,
  periodSeconds: 300,
});

const unprocessed = ({ called }: Deployed) => called(`-streams-unprocessed-${watchedTable}`).split(":alarm:")[1]!;

/** From the table's stream to the function, and what it could not process. */
export const streamChecks: Check[] = [
  {
    what: "a function that reads the table's stream and keeps what it could not process",
    holds({ account, called }) {
      const [mapping, ...others] = Object.values(account.mappings);
      expect(others).toEqual([]);
      expect(mapping!.State).toBe("Enabled");
      expect(mapping!.EventSourceArn).toBe(account.tables[watchedTable]!.LatestStreamArn);
      const monitor = called("-streams-function");
      expect(mapping!.FunctionArn).toBe(monitor);
      const failures = `arn:aws:s3:::${called("-streams-failures-bucket")}`;
      expect(mapping!.DestinationConfig.OnFailure.Destination).toBe(failures);
      const { Role } = Object.values(account.functions).find(({ FunctionArn }) => FunctionArn === monitor)!;
      expect(Role).toBe(account.roles[called("-streams-role")]!.Arn);
    },
  },
  policyCheck("keys", "-streams-key", (_, { called }) => [ownerAdministers, logsUseKey(called("-streams-log-group"))]),
  policyCheck("buckets", "-streams-failures-bucket", (own) => [refuseWithoutTls("s3:*", all(own))]),
  accessLogs("-streams-failures-access-bucket", "-streams-failures-bucket"),
  ...roleChecks("-streams-role", "lambda", (deployed) => {
    const { account, called } = deployed;
    const stream = Object.values(account.mappings)[0]!.EventSourceArn;
    const failures = `arn:aws:s3:::${called("-streams-failures-bucket")}`;
    return [
      allow(undefined, ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"], stream),
      allow(undefined, "dynamodb:ListStreams", "*"), // takes no resource
      allow(undefined, "s3:PutObject", `${failures}/aws/lambda/*`),
      allow(undefined, "s3:ListBucket", failures),
      allow(undefined, "kms:GenerateDataKey", called("-streams-key"), by("s3")),
      reportsFindings(deployed),
      writesLog("-streams-log-group", deployed),
    ];
  }),
  // Nobody starts it but Lambda itself, in the name of its role.
  policyCheck("functions", "-streams-function", () => []),
  alarmCheck("the function that reads streams", {
    "-streams-errors": ofFunction("Errors"),
    "-streams-throttles": ofFunction("Throttles", { periods: 3 }),
    "-streams-iterator-age": ofFunction("IteratorAge", { statistic: "Maximum", fires: "> 3600000", periods: 3 }),
    "-streams-undelivered-failures": ofFunction("DestinationDeliveryFailures"),
  }),
  alarmCheck("item changes", {
    [`-streams-mass-item-deletes-${watchedTable}-alarm`]: itemChanges("mass-item-deletes", "> 100"),
    [`-streams-mass-item-expiry-${watchedTable}-alarm`]: itemChanges("mass-item-expiry", "> 1000"),
  }),
  {
    what: "an alarm on item changes that were kept or lost without being processed",
    holds(deployed) {
      const alarm = deployed.account.alarms[unprocessed(deployed)]!;
      expect(fired(alarm)).toEqual(["> 0", 1, "notBreaching"]);
      const metrics = alarm.Metrics!.map(({ Id, Expression, MetricStat, ReturnData }) => {
        const { Metric, Stat, Period } = MetricStat ?? {};
        return [Id, Expression ?? `${Metric!.Namespace} ${Metric!.MetricName} ${Stat} ${Period}`, ReturnData !== false];
      });
      expect(metrics).toEqual([
        ["unprocessed", "FILL(kept, 0) + FILL(lost, 0)", true],
        ["kept", "AWS/Lambda OnFailureDestinationDeliveredEventCount Sum 300", false],
        ["lost", "AWS/Lambda DroppedEventCount Sum 300", false],
      ]);
    },
    holdsAll: { kind: "alarms", names: (deployed) => [unprocessed(deployed)] },
  },
];
