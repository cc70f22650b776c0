import type { CloudTrailRecord } from "../../detections/event/record";
import { actorOf, tablesOf } from "../../detections/event/summary";

/**
 * The events of the group that an alarm speaks of, by the dimensions `principal` and `table` (a name or an ARN). All of
 * them where none fits: the field of a contributor's attributes is inferred, and too many events are better than none.
 */
export function ofGroup(
  records: readonly CloudTrailRecord[],
  group: Readonly<Record<string, string>>,
): readonly CloudTrailRecord[] {
  const { principal, table } = group;
  if (principal === undefined && table === undefined) return records;
  const name = table?.replace(/^.*:table\//, "").split("/")[0];
  const fitting = records.filter(
    (record) =>
      (principal === undefined || actorOf(record) === principal || record.userIdentity?.arn === principal) &&
      (name === undefined || tablesOf(record).includes(name)),
  );
  return fitting.length > 0 ? fitting : records;
}
