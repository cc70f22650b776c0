import { mapped, type Reading } from "./reading";
import type { Setting } from "./view";

/** Where a limit is written in one of the two billing modes. */
export interface Limit {
  property: string;
  reading: Reading<number>;
  write(units: number): string;
}

/** The limit that is in force in a billing mode: provisioned units, or the most that is served on demand. */
export function limitIn(mode: Setting<string>, provisioned: Limit, onDemand: Limit): Setting<number> {
  const { written, otherwise } = mode;
  const value = written.state === "known" ? written.value : written.state === "absent" ? otherwise : undefined;
  const { property, reading, write } = value === "PAY_PER_REQUEST" ? onDemand : provisioned;
  return {
    property,
    // A negative number takes a limit away.
    written: value === undefined ? { state: "unknown" } : mapped(reading, (units) => (units < 0 ? Infinity : units)),
    otherwise: Infinity,
    write,
  };
}
