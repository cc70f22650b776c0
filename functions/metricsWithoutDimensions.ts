import type { Metrics } from "@aws-lambda-powertools/metrics";

/**
 * Writes the metrics that were added since the last time, for alarms that read them without dimensions: one empty set of
 * dimensions. Powertools writes no set at all, and CloudWatch makes one metric per set (CloudWatch user guide,
 * "Specification: Embedded metric format").
 */
export function publishWithoutDimensions(metrics: Metrics): void {
  if (!metrics.hasStoredMetrics()) return;
  const blob = metrics.serializeMetrics();
  for (const directive of blob._aws.CloudWatchMetrics) directive.Dimensions = [[]];
  process.stdout.write(`${JSON.stringify(blob)}\n`); // the patched console would wrap it
  metrics.clearMetrics();
}
