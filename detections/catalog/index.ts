import type { Detection } from "../detection";
import { access } from "./access";
import { backups } from "./backups";
import { exfiltration } from "./exfiltration";
import { items } from "./items";
import { keys } from "./keys";
import { protection } from "./protection";
import { tables } from "./tables";
import { tampering } from "./tampering";

/** The detections by family. A family is a folder: its `index.ts` lists what is in it. */
export const families = {
  backups,
  items,
  tables,
  protection,
  exfiltration,
  keys,
  access,
  tampering,
} as const satisfies Readonly<Record<string, readonly Detection[]>>;

const all: readonly Detection[] = Object.values(families).flat();

/** The vendor's ten alerts, in the order of its page. */
export const publishedAlerts: readonly Detection[] = all
  .filter(({ origin }) => origin !== undefined)
  .sort((a, b) => a.origin!.place - b.origin!.place);

/** Every detection. The published alerts come first, in the vendor's order. */
export const catalog: readonly Detection[] = [...publishedAlerts, ...all.filter(({ origin }) => origin === undefined)];

const byId: ReadonlyMap<string, Detection> = new Map(catalog.map((detection) => [detection.id, detection]));

export const detectionById = (id: string): Detection | undefined => byId.get(id);

/** Whether no metric filter can say it: `compileDetection` refuses such a detection. */
export const isStateful = (detection: Detection): boolean => detection.stateful !== undefined;

/** Calls on items and streams are what applications do all day, but not on tables that are there for a purpose of ours. */
export const isItemLevel = ({ source, requires }: Detection): boolean =>
  (source === "table-data" || source === "stream-data") && !requires;
