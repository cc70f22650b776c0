/** Settings of the function, from its environment variables. */
export interface Environment {
  /** `POWERTOOLS_METRICS_NAMESPACE`: namespace of the metrics, the same as that of the metric filters. */
  metricNamespace: string;
  /** `POWERTOOLS_SERVICE_NAME`: the `service` of every log line. Default: `detector`. */
  serviceName: string;
  /** `STATE_TABLE`: name of the table with what the rules remember. */
  stateTable: string;
  /** `FINDINGS_BUS`: ARN of the event bus that gets the findings. Empty: none does. */
  findingsBus: string;
  /** `LAMBDA_TASK_ROOT`: folder with detections.json and country.mmdb. Default: the current one. */
  folder: string;
}

/** Reads the environment when the function starts, so that a wrong setting fails at once and not with some event. */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  const metricNamespace = variables["POWERTOOLS_METRICS_NAMESPACE"] ?? "";
  if (!/^[A-Za-z0-9._/#:-]{1,255}$/.test(metricNamespace) || metricNamespace.startsWith("AWS/")) {
    throw new Error(
      `Environment variable POWERTOOLS_METRICS_NAMESPACE: ${JSON.stringify(metricNamespace)} is no metric namespace. ` +
        "Write 1 to 255 letters, digits and . - _ / # : which do not start with AWS/.",
    );
  }
  const stateTable = variables["STATE_TABLE"] ?? "";
  if (!/^[A-Za-z0-9_.-]{3,255}$/.test(stateTable)) {
    throw new Error(`Environment variable STATE_TABLE: ${JSON.stringify(stateTable)} is no name of a DynamoDB table.`);
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
    serviceName: variables["POWERTOOLS_SERVICE_NAME"] ?? "detector",
    stateTable,
    findingsBus,
    folder: variables["LAMBDA_TASK_ROOT"] ?? ".",
  };
}
