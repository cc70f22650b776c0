import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SNSClient } from "@aws-sdk/client-sns";
import type { Context } from "aws-lambda";
import { type DeployedDetection, detectionsFile } from "../../detections/deployedDetection";
import { publishWithoutDimensions } from "../metricsWithoutDimensions";
import { canarySender } from "./canary";
import { DynamoAlertState } from "./dynamoState";
import { readEnvironment } from "./environment";
import { EventQuery } from "./eventQuery";
import { placeOf } from "./links";
import { Notifier } from "./notifier";
import { AwsPublisher } from "./publisher";
import { securityHubClient } from "./securityHubClient";

const environment = readEnvironment(process.env);
const { alertTopicArn, alertBus, logGroup } = environment;
const logger = new Logger({ serviceName: environment.serviceName });
const metrics = new Metrics({ namespace: environment.metricNamespace });
metrics.clearDefaultDimensions(); // the namespace says whose metrics they are

const place = placeOf(alertTopicArn);
const logs = new CloudWatchLogsClient({ maxAttempts: 3 });
const notifier = new Notifier({
  detections: JSON.parse(readFileSync(join(environment.folder, detectionsFile), "utf8")) as DeployedDetection[],
  place,
  logGroup,
  canaryMetric: environment.canaryMetric,
  state: new DynamoAlertState(new DynamoDBClient({ maxAttempts: 5 }), environment.stateTable),
  events: new EventQuery(logs, logGroup),
  publisher: new AwsPublisher({
    sns: new SNSClient({ maxAttempts: 5 }),
    topicArn: alertTopicArn,
    place,
    ...(alertBus !== "" && { bus: { client: new EventBridgeClient({ maxAttempts: 5 }), arn: alertBus } }),
    ...(environment.securityHub && { securityHub: securityHubClient() }),
  }),
  sendCanary: canarySender(logs, logGroup),
  log: {
    info: (message, extra = {}) => logger.info(message, extra),
    warn: (message, extra = {}) => logger.warn(message, extra),
  },
  count: (metric) => metrics.addMetric(metric, MetricUnit.Count, 1),
  now: Date.now,
  pause: (ms) => wait(ms),
});

/** Tells people. Throws at the end where something failed, so that Lambda tries again. */
export async function handler(event: unknown, context: Context): Promise<void> {
  logger.addContext(context);
  try {
    await notifier.handle(event, context.awsRequestId);
  } catch (error) {
    logger.error("not everything was told", error instanceof Error ? error : String(error));
    throw error;
  } finally {
    publishWithoutDimensions(metrics);
  }
}
