import { createHash } from "node:crypto";

/**
 * A delivery delay of less than `seconds` for an event, in milliseconds. It hangs on seed and event id alone: the same on every
 * run, however the events are spread over files.
 */
export function delayOf(eventId: string, seconds: number, seed: number): number {
  if (seconds === 0) return 0;
  const digest = createHash("sha256").update(`${seed}\n${eventId}`).digest();
  return Math.floor((digest.readUInt32BE(0) / 2 ** 32) * seconds * 1000);
}
