import type { Progress } from "./input/read";
import { grouped } from "./text";

const everyMilliseconds = 200;

/** One line on a terminal that is overwritten: how far, how fast, how long still. Writes nothing elsewhere. */
export class ProgressLine {
  private start: number | undefined;
  private shownAt = -Infinity;
  private isShown = false;

  constructor(private readonly stream: Pick<NodeJS.WriteStream, "isTTY" | "write">) {}

  show(text: string): void {
    if (!this.stream.isTTY) return;
    this.isShown = true;
    this.stream.write(`\r\x1b[K${text}`);
  }

  update(progress: Progress): void {
    const now = performance.now();
    this.start ??= now;
    if (!this.stream.isTTY || now - this.shownAt < everyMilliseconds) return;
    this.shownAt = now;
    this.show(progressText(progress, (now - this.start) / 1000));
  }

  clear(): void {
    if (this.isShown) this.stream.write("\r\x1b[K");
    this.isShown = false;
  }
}

/** Before that, an estimate of the remaining time says nothing. */
const leastShare = 0.01;

export function progressText({ bytes, totalBytes, events }: Progress, seconds: number): string {
  const rate = bytes / Math.max(seconds, 0.001);
  const isKnown = totalBytes > 0 && bytes > 0;
  return [
    isKnown ? `${Math.min(100, Math.floor((bytes / totalBytes) * 100))} %` : "",
    `${megabytes(bytes)}${isKnown ? ` of ${megabytes(totalBytes)}` : ""}`,
    `${megabytes(rate)}/s`,
    `${grouped(events)} events`,
    isKnown && bytes >= totalBytes * leastShare ? `${duration(Math.max(0, totalBytes - bytes) / rate)} left` : "",
  ]
    .filter((part) => part !== "")
    .join(", ");
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)} MB`;
const duration = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
