export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";
export type MissingData = "missing" | "ignore" | "breaching" | "notBreaching";

export interface EvaluationRule {
  /** N: data points to evaluate. */
  evaluationPeriods: number;
  /** M: how many of them must breach. */
  datapointsToAlarm: number;
  treatMissingData: MissingData;
}

/** One period's data point against the threshold; `undefined`: no data. */
export type Breach = boolean | undefined;

/**
 * The state that an evaluation gives (CloudWatch user guide, "Configuring how CloudWatch alarms treat missing data").
 * `range`: the data points of the evaluation range, oldest first; it may be longer than `evaluationPeriods`.
 */
export function evaluateState(range: readonly Breach[], rule: EvaluationRule, current: AlarmState): AlarmState {
  const { evaluationPeriods: n, datapointsToAlarm: m, treatMissingData } = rule;
  const existing = range.filter((point) => point !== undefined);
  const judge = (breaching: number): AlarmState => (breaching >= m ? "ALARM" : "OK");
  // Enough real data: the newest points decide, and the setting for missing data is not used.
  if (existing.length >= n) return judge(count(existing.slice(-n)));

  const missing = n - existing.length;
  if (treatMissingData === "breaching") return judge(count(existing) + missing);
  if (treatMissingData === "notBreaching") return judge(count(existing));
  if (existing.length === 0) return treatMissingData === "missing" ? "INSUFFICIENT_DATA" : current;
  if (count(existing) >= m) return "ALARM";
  if (existing.some((point) => !point)) return "OK";
  if (treatMissingData === "ignore") return current;
  // Every real point breaches, but there are fewer than M: ALARM once the oldest is as old as M ("Avoiding premature
  // transitions to alarm state"), until then the state stays.
  const age = range.length - range.indexOf(true);
  return age >= m ? "ALARM" : current;
}

const count = (points: readonly Breach[]): number => points.filter((point) => point === true).length;
