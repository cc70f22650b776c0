import type { DeployedDetection } from "../../detections/deployedDetection";
import type { Finding } from "../finding";
import type { AlarmNotice } from "./alarm";

/** An alarm without its events: what CloudWatch says, and why there is no more. */
export function plainAlarm(alarm: AlarmNotice, detection: DeployedDetection | undefined, note?: string): Finding {
  const group = Object.entries(alarm.contributor?.attributes ?? {})
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
  // The description of an alarm of ours repeats what the alert says anyway.
  const description = detection || alarm.description === "" ? "" : ` ${alarm.description}`;
  return {
    id: `${detection?.id ?? "alarm"}:${alarm.name}:${new Date(alarm.changedAt).toISOString()}`,
    detection: detection?.id ?? "alarm",
    title: detection?.title ?? `CloudWatch alarm ${alarm.name}`,
    severity: detection?.severity ?? "medium",
    time: new Date(alarm.changedAt).toISOString(),
    account: alarm.account,
    region: alarm.region,
    summary: `The alarm ${alarm.name} is in state ${alarm.state}${group === "" ? "" : ` for ${group}`}: ${alarm.reason}${description}`,
    actors: [],
    tables: [],
    events: [],
    count: 0,
    ...(note !== undefined && { note }),
  };
}
