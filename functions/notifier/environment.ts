/** Settings of the function, from its environment variables. */
export interface Environment {
  /** `POWERTOOLS_METRICS_NAMESPACE`: namespace of the notifier's own metrics. */
  metricNamespace: string;
  /** `POWERTOOLS_SERVICE_NAME`: the `service` of every log line. Default: `notifier`. */
  serviceName: string;
  /** `ALERT_TOPIC`: ARN of the topic that people and tools subscribe to. */
  alertTopicArn: string;
  /** `LOG_GROUP`: name of the log group with the trail's events. */
  logGroup: string;
  /** `STATE_TABLE`: name of the table that remembers what was alerted. */
  stateTable: string;
  /** `ALERT_BUS`: ARN of the event bus that gets a copy of every alert. Empty: none does. */
  alertBus: string;
  /** `CANARY_METRIC`: name of the metric by which the canary's alarm is known. */
  canaryMetric: string;
  /** `SECURITY_HUB`: `true`: alerts become findings of AWS Security Hub. */
  securityHub: boolean;
  /** `LAMBDA_TASK_ROOT`: folder with detections.json. Default: the current one. */
  folder: string;
}

const patterns = {
  POWERTOOLS_METRICS_NAMESPACE: [
    /^(?!AWS\/)[A-Za-z0-9._/#:-]{1,255}$/,
    "a metric namespace of 1 to 255 letters, digits and . - _ / # : which does not start with AWS/",
  ],
  ALERT_TOPIC: [/^arn:[a-z0-9-]+:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/, "the ARN of an SNS topic"],
  LOG_GROUP: [/^[A-Za-z0-9_/.#-]{1,512}$/, "the name of a log group"],
  STATE_TABLE: [/^[A-Za-z0-9_.-]{3,255}$/, "the name of a DynamoDB table"],
  ALERT_BUS: [/^(arn:[a-z0-9-]+:events:[a-z0-9-]+:\d{12}:event-bus\/[/.\-_A-Za-z0-9]+)?$/, "the ARN of an event bus"],
  CANARY_METRIC: [/^[A-Za-z0-9._-]{1,255}$/, "the name of a metric"],
  SECURITY_HUB: [/^(true|false)?$/, "true or false"],
} as const satisfies Record<string, readonly [RegExp, string]>;

/** Reads the environment when the function starts, so that a wrong setting fails at once and not with some alarm. */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  const read = (name: keyof typeof patterns): string => {
    const written = variables[name] ?? "";
    const [pattern, expected] = patterns[name];
    if (pattern.test(written)) return written;
    throw new Error(`Environment variable ${name}: ${JSON.stringify(written)} is not ${expected}.`);
  };
  return {
    metricNamespace: read("POWERTOOLS_METRICS_NAMESPACE"),
    serviceName: variables["POWERTOOLS_SERVICE_NAME"] ?? "notifier",
    alertTopicArn: read("ALERT_TOPIC"),
    logGroup: read("LOG_GROUP"),
    stateTable: read("STATE_TABLE"),
    alertBus: read("ALERT_BUS"),
    canaryMetric: read("CANARY_METRIC"),
    securityHub: read("SECURITY_HUB") === "true",
    folder: variables["LAMBDA_TASK_ROOT"] ?? ".",
  };
}
