import type { WatchedDetection, WatchedTable } from "../../../detections/watchedTable";

export const tableArnOf = (table: string) => `arn:aws:dynamodb:eu-central-1:123456789012:table/${table}`;

/** A detection as the component writes it into tables.json. */
export const watched = (
  rule: WatchedDetection["rule"],
  { id = rule.kind, threshold = 0, periodSeconds = 60 }: Partial<WatchedDetection> = {},
): WatchedDetection => ({ id, title: `Title of ${id}`, severity: "high", threshold, periodSeconds, rule });

export const watchedTable = (table: string, ...detections: WatchedDetection[]): WatchedTable => ({
  tableArn: tableArnOf(table),
  detections,
});
