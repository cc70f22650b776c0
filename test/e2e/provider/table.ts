import { echoedResources } from "./echoed";
import type { AnyResourceType } from "./resourceType";
import { cloudtrail } from "./services/cloudtrail";
import { cloudwatch } from "./services/cloudwatch";
import { config } from "./services/config";
import { dynamodb } from "./services/dynamodb";
import { events } from "./services/events";
import { iam } from "./services/iam";
import { kms } from "./services/kms";
import { lambda } from "./services/lambda";
import { logs } from "./services/logs";
import { s3 } from "./services/s3";
import { sns } from "./services/sns";
import { sqs } from "./services/sqs";
import { stepFunctions } from "./services/stepFunctions";

/** Every resource type that this provider can make. A new component brings its rows. */
const table: { [type: string]: AnyResourceType } = {
  ...cloudtrail,
  ...cloudwatch,
  ...config,
  ...dynamodb,
  ...events,
  ...iam,
  ...kms,
  ...lambda,
  ...logs,
  ...s3,
  ...sns,
  ...sqs,
  ...stepFunctions,
  ...echoedResources,
};

/** The row of a type. A type without one is an error, never a pass. */
export function rowOf(type: string): AnyResourceType {
  const row = table[type];
  if (row) return row;
  throw new Error(`the stand-in provider knows no ${type}: add a row in test/e2e/provider/services, or echo it`);
}
