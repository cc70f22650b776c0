import type { DeployedDetection } from "../../detections/deployedDetection";
import type { Finding } from "../finding";
import { type Link, linksOf, type Place } from "./links";

/** What goes out to people and tools. The JSON of SQS queues and of the event bus has this shape. */
export interface Alert extends Finding {
  /** `alert`: something happened. `ok`: the alarm that told of it is over. */
  kind: "alert" | "ok";
  /** What an attacker gains or what is lost. Empty where the detection is not known. */
  impact: string;
  /** Response steps, in order. */
  response: string[];
  /** For example "ATT&CK 18.1: TA0040, T1490". */
  attack: string;
  /** Address of the runbook, or its path in the project. */
  runbook: string;
  /** Name of the alarm, where one told. */
  alarm?: string;
  /** Pages of the AWS console. */
  links: Link[];
  /** How many more actors and tables there are than are named. */
  moreActors?: number;
  moreTables?: number;
}

/** Most of each that one alert names: a message of SNS has 256 KB for all channels together. */
const most = { actors: 20, tables: 50, events: 50 };

export interface AlertContext {
  place: Place;
  logGroup: string;
  /** Name of the alarm, where one told. */
  alarm?: string;
}

/** What people read about a finding. */
export function alertOf(finding: Finding, detection: DeployedDetection | undefined, context: AlertContext): Alert {
  const { actors, tables, events, ...rest } = finding;
  return {
    kind: "alert",
    ...rest,
    // After settings: a finding may come from a function that was deployed before they changed.
    severity: detection?.severity ?? finding.severity,
    actors: actors.slice(0, most.actors),
    tables: tables.slice(0, most.tables),
    events: events.slice(0, most.events),
    impact: detection?.impact ?? "",
    response: detection?.response ?? [],
    attack: detection?.attack ?? "",
    runbook: detection?.runbook ?? "",
    ...(context.alarm !== undefined && { alarm: context.alarm }),
    links: linksOf(finding, context),
    ...(actors.length > most.actors && { moreActors: actors.length - most.actors }),
    ...(tables.length > most.tables && { moreTables: tables.length - most.tables }),
  };
}
