import { relative, resolve } from "node:path";
import { shownPath } from "../project";
import type { LogLine } from "../services";
import type { Scrubber } from "./scrubber";

// What is cut or shortened for printing, once its secrets are out: what is left of a cut secret is no longer known as one.

/** Lines of a process are scrubbed together: a secret may go over several. */
export function scrubbedLog(log: readonly LogLine[], scrubber: Scrubber): LogLine[] {
  const clean = [...log];
  for (const severity of new Set(log.map((line) => line.severity))) {
    const places = [...log.keys()].filter((place) => log[place]!.severity === severity);
    scrubber.lines(places.map((place) => log[place]!.message)).forEach((message, index) => {
      const place = places[index]!;
      clean[place] = { ...log[place]!, message };
    });
  }
  return clean;
}

/** A path as a person at the command line would write it; in full if a part of it is secret. */
export const pathFromHere = (scrubber: Scrubber) => shortened(shownPath, scrubber);

/** A path as the program writes it, as seen from a folder; in full if a part of it is secret. */
export const pathFrom = (folder: string, scrubber: Scrubber) =>
  shortened((path) => relative(folder, resolve(folder, path)) || ".", scrubber);

const shortened =
  (shorten: (path: string) => string, scrubber: Scrubber) =>
  (path: string): string => {
    const clean = scrubber.text(path);
    return clean === path ? shorten(path) : clean;
  };
