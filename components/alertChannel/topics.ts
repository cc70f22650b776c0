/**
 * The topics of a channel.
 *
 * - `alarm`: alarms of detections, as CloudWatch writes them.
 * - `alert`: what people and tools subscribe to.
 * - `health`: failures of the detectors themselves; no function of ours stands in its way.
 */
export const topics = ["alarm", "alert", "health"] as const;
export type TopicKind = (typeof topics)[number];
