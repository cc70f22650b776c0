import type { LambdaFunctionArgs } from "../lambdaFunction";
import type { Names } from "../naming";
import { KeyDisplay, type StreamMonitorArgs } from "./args";

/** The function `functions/streamMonitor` as the arguments of a monitor ask for it. */
export function ownFunction(
  names: Names,
  args: StreamMonitorArgs,
): Omit<LambdaFunctionArgs, "statements" | "keyArn" | "logGroupPrefix"> {
  const { keyDisplay = KeyDisplay.Hashed, reservedConcurrency, tracing, logRetentionDays, tags } = args;
  return {
    function: "streamMonitor",
    description: "Logs one redacted line per item change and counts the changes by kind",
    roleDescription: "Reads table streams, writes its log, keeps records that it could not process",
    variables: {
      KEY_DISPLAY: keyDisplay,
      POWERTOOLS_METRICS_NAMESPACE: names.metricNamespace(),
      POWERTOOLS_SERVICE_NAME: "stream-monitor",
    },
    reservedConcurrency,
    tracing,
    logRetentionDays,
    tags,
  };
}
