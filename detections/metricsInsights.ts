/**
 * The query of a Metrics Insights alarm that counts per combination of dimensions.
 *
 * Names stand in double quotes, which is always allowed and needed for anything but letters, digits and `_` and for
 * reserved words; a quotation mark inside a name is escaped with a backslash. `SCHEMA` keeps to metrics with exactly
 * these dimensions. An alarm with one state per group needs `GROUP BY` and `ORDER BY` (CloudWatch user guide, "Query
 * components and syntax in CloudWatch Metrics Insights" and "Create an alarm based on a Metrics Insights query").
 */
export function metricsInsightsQuery(query: {
  namespace: string;
  metricName: string;
  dimensions: readonly string[];
}): string {
  const dimensions = query.dimensions.map(quoted);
  const from = `SELECT SUM(${quoted(query.metricName)}) FROM SCHEMA(${[quoted(query.namespace), ...dimensions].join(", ")})`;
  return dimensions.length === 0 ? from : `${from} GROUP BY ${dimensions.join(", ")} ORDER BY SUM() DESC`;
}

const quoted = (name: string): string => `"${name.replace(/["'\\]/g, "\\$&")}"`;
