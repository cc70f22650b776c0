import { type KeyDisplay, keyDisplays } from "./keyDisplay";

/** Settings of the function, from its environment variables. */
export interface Environment {
  /** `POWERTOOLS_METRICS_NAMESPACE`: namespace of the metrics. */
  metricNamespace: string;
  /** `POWERTOOLS_SERVICE_NAME`: the `service` of every log line. Default: `stream-monitor`. */
  serviceName: string;
  /** `KEY_DISPLAY`: `hashed` (default), `plain` or `none`. */
  keyDisplay: KeyDisplay;
  /** `FINDINGS_BUS`: ARN of the event bus that gets the findings. Empty: none does, and the log has them. */
  findingsBus: string;
  /** `TRAIL_LOG_GROUP`: log group of the trail, which findings point to. Undefined: they do not name it. */
  trailLogGroup: string | undefined;
  /** `LAMBDA_TASK_ROOT`: folder with tables.json. Default: the current one. */
  folder: string;
}

/** Reads the environment when the function starts, so that a wrong setting fails at once and not with some record. */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  const metricNamespace = variables["POWERTOOLS_METRICS_NAMESPACE"] ?? "";
  if (!/^[A-Za-z0-9._/#:-]{1,255}$/.test(metricNamespace) || metricNamespace.startsWith("AWS/")) {
    throw new Error(
      `Environment variable POWERTOOLS_METRICS_NAMESPACE: ${JSON.stringify(metricNamespace)} is no metric namespace. ` +
        "Write 1 to 255 letters, digits and . - _ / # : which do not start with AWS/.",
    );
  }
  const written = variables["KEY_DISPLAY"] ?? "hashed";
  const keyDisplay = keyDisplays.find((known) => known === written);
  if (keyDisplay === undefined) {
    throw new Error(
      `Environment variable KEY_DISPLAY: ${JSON.stringify(written)} is not one of ${keyDisplays.join(", ")}.`,
    );
  }
  const findingsBus = variables["FINDINGS_BUS"] ?? "";
  if (
    findingsBus !== "" &&
    !/^arn:[a-z0-9-]+:events:[a-z0-9-]+:\d{12}:event-bus\/[/.\-_A-Za-z0-9]+$/.test(findingsBus)
  ) {
    throw new Error(`Environment variable FINDINGS_BUS: ${JSON.stringify(findingsBus)} is no ARN of an event bus.`);
  }
  return {
    metricNamespace,
    serviceName: variables["POWERTOOLS_SERVICE_NAME"] ?? "stream-monitor",
    keyDisplay,
    findingsBus,
    trailLogGroup: variables["TRAIL_LOG_GROUP"] || undefined,
    folder: variables["LAMBDA_TASK_ROOT"] ?? ".",
  };
}
