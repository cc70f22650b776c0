import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { openCountryDatabase } from "../../detections/country/database";
import { type DeployedDetection, detectionsFile } from "../../detections/deployedDetection";
import { FindingsBus } from "../findingsBus";
import { publishWithoutDimensions } from "../metricsWithoutDimensions";
import { decode } from "./decode";
import { Detector, type Outcome } from "./detector";
import { DynamoStore } from "./dynamoStore";
import { readEnvironment } from "./environment";

const { metricNamespace: namespace, serviceName, stateTable, findingsBus, folder } = readEnvironment(process.env);
const logger = new Logger({ serviceName });
const metrics = new Metrics({ namespace });
metrics.clearDefaultDimensions();

const deployed = JSON.parse(readFileSync(join(folder, detectionsFile), "utf8")) as DeployedDetection[];
const countries = openCountryDatabase(readFileSync(join(folder, "country.mmdb")));
const detector = new Detector(deployed, {
  store: new DynamoStore(new DynamoDBClient({ maxAttempts: 5 }), stateTable),
  countryOf: countries.countryOf,
});
const bus = findingsBus === "" ? undefined : new FindingsBus(new EventBridgeClient({}), findingsBus);

/**
 * Asks the stateful detections about the events of a subscription or of EventBridge. Throws at the end where something
 * failed, so that Lambda delivers the batch again: what went well the first time finds the same again, under the same id.
 */
export async function handler(event: unknown): Promise<void> {
  const { records, unreadable } = decode(event);
  if (unreadable > 0) logger.warn("lines that are no JSON objects were passed over", { unreadable });
  const outcome = await detector.process(records);
  report(outcome, unreadable);
  const problems = outcome.failures.map(({ key, reason }) => `${key} ${reason}`);
  try {
    await bus?.put(outcome.findings);
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  if (problems.length > 0) throw new Error(`${problems.length} parts of the batch failed, first: ${problems[0]}`);
}

/** The metrics come first: the alarm on them tells people even where the bus is out of order. */
function report({ findings, failures }: Outcome, unreadable: number): void {
  for (const finding of findings) logger.info("finding", { finding });
  for (const { key, reason } of failures) logger.error("group not processed", { key, reason });
  const counts = new Map<string, number>();
  for (const { detection } of findings) counts.set(detection, (counts.get(detection) ?? 0) + 1);
  for (const [detection, count] of counts) metrics.addMetric(detection, MetricUnit.Count, count);
  if (unreadable > 0) metrics.addMetric("UnreadableLogEvents", MetricUnit.Count, unreadable);
  publishWithoutDimensions(metrics);
}
