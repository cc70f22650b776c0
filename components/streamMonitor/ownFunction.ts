import * as pulumi from "@pulumi/pulumi";
import { tablesFile, type WatchedTable } from "../../detections";
import type { LambdaFunctionArgs } from "../lambdaFunction";
import type { Names } from "../naming";
import { KeyDisplay, type StreamMonitorArgs } from "./args";
import type { TableDetections } from "./detections";
import type { Stream } from "./stream";
import { tableArnOf } from "./tables";

/** The function `functions/streamMonitor` as the arguments of a monitor ask for it. */
export function ownFunction(
  names: Names,
  args: StreamMonitorArgs,
  tables: readonly (TableDetections & { stream: Stream })[],
): Omit<LambdaFunctionArgs, "statements" | "keyArn" | "logGroupPrefix"> {
  const { keyDisplay = KeyDisplay.Hashed, reservedConcurrency, tracing, logRetentionDays, tags } = args;
  return {
    function: "streamMonitor",
    description: "Logs one redacted line per item change, counts the changes, and reports what its detections find",
    roleDescription: "Reads table streams, writes its log, reports findings, keeps records that it could not process",
    variables: {
      KEY_DISPLAY: keyDisplay,
      FINDINGS_BUS: args.findingsBusArn ?? "",
      TRAIL_LOG_GROUP: args.trailLogGroupName ?? "",
      POWERTOOLS_METRICS_NAMESPACE: names.metricNamespace(),
      POWERTOOLS_SERVICE_NAME: "stream-monitor",
    },
    texts: { [tablesFile]: watchedTables(tables) },
    reservedConcurrency,
    tracing,
    logRetentionDays,
    tags,
  };
}

/** What the function reads of its tables, by ARN: the caller's name for a table need not be its own. */
function watchedTables(tables: readonly (TableDetections & { stream: Stream })[]): pulumi.Output<string> {
  return pulumi.all(tables.map(({ stream }) => stream.arn)).apply((arns) =>
    JSON.stringify(
      tables.map(
        ({ plans }, i): WatchedTable => ({
          tableArn: tableArnOf(arns[i]!),
          detections: plans.map(({ watched }) => watched),
        }),
      ),
    ),
  );
}
