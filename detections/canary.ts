/**
 * The canary: an event that nothing but the schedule makes, which goes the way of every event to see that the way is
 * open. No AWS service has such an event source, and no detection asks about it.
 */
export const canarySource = "canary.dynamodb-detective";
/** Filter pattern that counts canaries. */
export const canaryPattern = `{ $.eventSource = "${canarySource}" }`;
/** Name of the metric, by which the notifier knows the alarm. */
export const canaryMetric = "canary-seen";
/** Metric of the notifier: the canary came all the way to the alert topic and back. */
export const canaryReturnedMetric = "CanaryReturned";
/** Name of the log stream that the canary is written to: the only one that the notifier may write to. */
export const canaryLogStream = "dynamodb-detective-canary";
