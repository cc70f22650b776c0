import { echoedResources } from "./echoed";
import type { AnyResourceType } from "./resourceType";
import { cloudtrail } from "./services/cloudtrail";
import { cloudwatch } from "./services/cloudwatch";
import { config } from "./services/config";
import { dynamodb } from "./services/dynamodb";
import { eventBuses } from "./services/eventBuses";
import { events } from "./services/events";
import { iam } from "./services/iam";
import { kms } from "./services/kms";
import { lambda } from "./services/lambda";
import { lambdaAccess } from "./services/lambdaAccess";
import { logStreams } from "./services/logStreams";
import { logs } from "./services/logs";
import { s3 } from "./services/s3";
import { scheduler } from "./services/scheduler";
import { sns } from "./services/sns";
import { sqs } from "./services/sqs";
import { ssm } from "./services/ssm";

/** Every resource type that this provider can make. A new component brings its rows. */
const table: { [type: string]: AnyResourceType } = {
  ...cloudtrail,
  ...cloudwatch,
  ...config,
  ...dynamodb,
  ...eventBuses,
  ...events,
  ...iam,
  ...kms,
  ...lambda,
  ...lambdaAccess,
  ...logs,
  ...logStreams,
  ...s3,
  ...scheduler,
  ...sns,
  ...sqs,
  ...ssm,
  ...echoedResources,
};

/** The row of a type. A type without one is an error, never a pass. */
export function rowOf(type: string): AnyResourceType {
  const row = table[type];
  if (row) return row;
  throw new Error(`the stand-in provider knows no ${type}: add a row in test/e2e/provider/services, or echo it`);
}
