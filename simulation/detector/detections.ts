import { type DeployedDetection, detectionsFile } from "../../detections";

/**
 * The detections in a function's archive. A preview prints them as text; a stack export holds the assets of the archive,
 * each with its text. Undefined where there are none, or what is there is no such file.
 */
export function detectionsIn(code: unknown): DeployedDetection[] | undefined {
  const assets = object(object(code)["assets"] ?? code);
  const asset = assets[detectionsFile];
  const text = typeof asset === "string" ? asset : object(asset)["text"];
  if (typeof text !== "string") return undefined;
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) ? (read as DeployedDetection[]) : undefined;
  } catch {
    return undefined;
  }
}

const object = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
