import { expect } from "vitest";
import type { AccountContents } from "../account";
import type { Check, Deployed } from "./check";

type Alarm = AccountContents["alarms"][string];

/** When an alarm goes off. */
export interface Intended {
  /** Namespace and name of the metric. */
  metric: string;
  statistic: "Maximum" | "Sum";
  /** For example `> 0`. */
  fires: string;
  periodSeconds: number;
  /** So many periods in a row. Default: 1. */
  periods?: number;
  /** What no data means. Default: that all is well. */
  missing?: "breaching";
}

const signs: { [operator: string]: string } = { GreaterThanThreshold: ">", LessThanThreshold: "<" };

/** When it goes off, as `Intended` says it. */
export function expectAlarm(name: string, alarm: Alarm, intended: Intended): void {
  const { metric, statistic, fires, periodSeconds, periods = 1, missing = "notBreaching" } = intended;
  expect([name, ...fired(alarm), `${alarm.Namespace} ${alarm.MetricName}`, alarm.Statistic, alarm.Period]).toEqual([
    name,
    ...[fires, periods, missing],
    ...[metric, statistic, periodSeconds],
  ]);
}

/** Sign and threshold, periods in a row, meaning of no data. */
export function fired(alarm: Alarm): [string, number | string, string] {
  const { ComparisonOperator, Threshold, EvaluationPeriods, DatapointsToAlarm, TreatMissingData } = alarm;
  const ofThem = (DatapointsToAlarm ?? EvaluationPeriods) === EvaluationPeriods ? "" : `${DatapointsToAlarm} of `;
  const periods = ofThem === "" ? EvaluationPeriods : `${ofThem}${EvaluationPeriods}`;
  return [`${signs[ComparisonOperator] ?? ComparisonOperator} ${Threshold}`, periods, TreatMissingData];
}

/** Alarms of a part by their logical names. What they watch must exist: that is a check of its own (wiring.ts). */
export function alarmCheck(part: string, alarms: { [suffix: string]: Intended }): Check {
  const nameOf = (suffix: string, { called }: Deployed) => called(suffix).split(":alarm:")[1]!;
  return {
    what: `alarms on ${part} that go off when they must`,
    holds(deployed) {
      for (const [suffix, intended] of Object.entries(alarms)) {
        const name = nameOf(suffix, deployed);
        expectAlarm(name, deployed.account.alarms[name]!, intended);
      }
    },
    holdsAll: { kind: "alarms", names: (deployed) => Object.keys(alarms).map((suffix) => nameOf(suffix, deployed)) },
  };
}

/** Something that waits in a queue for somebody. */
export const waiting: Intended = {
  metric: "AWS/SQS ApproximateNumberOfMessagesVisible",
  statistic: "Maximum",
  fires: "> 0",
  periodSeconds: 300,
};

/** A rule that could not send. */
export const undelivered: Intended = {
  metric: "AWS/Events FailedInvocations",
  statistic: "Sum",
  fires: "> 0",
  periodSeconds: 300,
};

/** A metric of AWS Lambda, in periods of five minutes. */
export const ofFunction = (name: string, change: Partial<Intended> = {}): Intended => ({
  metric: `AWS/Lambda ${name}`,
  statistic: "Sum",
  fires: "> 0",
  periodSeconds: 300,
  ...change,
});
