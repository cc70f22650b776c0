/** What a Metrics Insights query of our shape selects. */
export interface GroupedQuery {
  namespace: string;
  metricName: string;
  /** As written: the order in which a group's values are shown. */
  dimensions: readonly string[];
}

const name = String.raw`"((?:[^"\\]|\\.)+)"`;
const shape = new RegExp(
  String.raw`^SELECT SUM\(${name}\) FROM SCHEMA\(((?:${name}(?:, )?)+)\)(?: GROUP BY ((?:${name}(?:, )?)+) ORDER BY SUM\(\) DESC)?$`,
);

/** Reads the query that `metricsInsightsQuery` of `detections/` writes; `undefined` for any other. */
export function readGroupedQuery(expression: string): GroupedQuery | undefined {
  const match = shape.exec(expression);
  if (!match) return undefined;
  const [namespace, ...schema] = names(match[2]!);
  const dimensions = names(match[4] ?? "");
  // `SCHEMA` names exactly the dimensions that the query groups by.
  if (schema.join("\n") !== dimensions.join("\n")) return undefined;
  return { namespace: namespace!, metricName: unquoted(match[1]!), dimensions };
}

const names = (list: string): string[] => [...list.matchAll(new RegExp(name, "g"))].map((found) => unquoted(found[1]!));
const unquoted = (written: string): string => written.replace(/\\(.)/g, "$1");
