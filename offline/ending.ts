import type { Configuration } from "./configuration";
import { hintsFor } from "./hints";
import { entriesToAdd, type OpenLookup } from "./lookups/answers";
import type { Monitor } from "./monitor";
import { PreviewError } from "./previewError";
import type { Ending } from "./processes";
import type { Project } from "./project";
import type { LogLine } from "./services";
import { ownLines } from "./stackTrace";
import { parseUrn } from "./urn";

// How the program ended, and what to tell the person who wrote it.

/** Exit code of the SDK's runner after it logged what went wrong. */
const alreadyReported = 32;

/**
 * Throws a `PreviewError` that says why, unless the program ended well.
 *
 * @param misspelt what may be the reason: configuration that nothing reads.
 * @param log without secrets: what is cut here could leave part of one.
 */
export function checkEnding(
  ending: Ending,
  monitor: Monitor,
  project: Project,
  configuration: Configuration,
  lookups: readonly OpenLookup[],
  misspelt: readonly string[],
  log: LogLine[],
): void {
  const { name } = project;
  const endedWell = ending.code === 0 && monitor.finished;
  if (endedWell && monitor.ranToItsEnd) return;
  const text = errorsOf(log);
  const details: string[] = [];
  if (/UnansweredLookup/.test(text) || (lookups.length > 0 && /look-up .* has no answer offline/.test(text))) {
    details.push("Add the answer to a file and pass it with --lookups FILE:", "", entriesToAdd(lookups), "");
  }
  const last = lastLines(log);
  details.push(...hintsFor(text || last.join("\n"), project), ...misspelt);
  if (configuration.placeholders.length > 0) {
    details.push(
      `Encrypted configuration values, replaced by placeholders, which a program may refuse: ${configuration.placeholders.join(", ")}.`,
      "Give plain ones in a copy of the stack's file, with --config FILE.",
    );
  }
  const printedLast = [...last, "", ...details];
  if (text !== "") throw new PreviewError(`${name}: the program failed.\n\n${text}`, details);
  if (endedWell) {
    const answers =
      lookups.length === 0
        ? []
        : ["", "Look-ups without an answer, to be passed with --lookups FILE:", "", entriesToAdd(lookups)];
    throw new PreviewError(
      `${name}: the program did not come to its end: something that it awaits never comes. What it would have made after that is not seen.`,
      [waitsForUnknown, ...answers, "", ...printedLast],
    );
  }
  if (ending.code === 0) {
    throw new PreviewError(
      `${name}: the program ended before its resources were registered. Does it call process.exit()?`,
      printedLast,
    );
  }
  const how = ending.signal ? `was ended by ${ending.signal}` : `ended with exit code ${ending.code}`;
  const reported = ending.code === alreadyReported ? "" : " without saying why";
  throw new PreviewError(`${name}: the program ${how}${log.length > 0 ? "" : reported}.`, printedLast);
}

const waitsForUnknown =
  "Values that are only known after deployment have no value in a preview: a callback of apply() is not called, and a " +
  "promise that it would resolve stays open. --resolved gives them made-up values.";

/** What the program logged as errors, each once. */
function errorsOf(log: readonly LogLine[]): string {
  const errors = log.flatMap(({ severity, message, urn }) =>
    severity === "error" ? [withoutPreamble(ownLines(message)) + (urn ? `\n\nIt is about ${resource(urn)}.` : "")] : [],
  );
  return [...new Set(errors)].join("\n\n");
}

const resource = (urn: string): string => `the resource "${parseUrn(urn).name}" (${parseUrn(urn).type})`;

/** The SDK's first line names an absolute path and nothing new. */
const withoutPreamble = (message: string): string =>
  message.replace(/^Running program '[^']*' failed with an unhandled exception:\n/, "");

const lastLines = (log: readonly LogLine[]): string[] =>
  ownLines(log.map(({ message }) => message).join("\n"))
    .split("\n")
    .slice(-15);

/** Longest time of a preview, and who is still at work when it has passed. */
export interface Deadline {
  waitsFor: "program" | "pack";
  passed: Promise<never>;
}

/**
 * Rejects with what the program logged when the time has passed.
 *
 * @param log without secrets.
 */
export function late(timeoutSeconds: number, log: () => LogLine[]): Deadline {
  const reasons = {
    program: "The program did not end within %s. A server, a timer or a connection that stays open keeps it running",
    pack: "The policy pack did not judge the program's resources within %s",
  };
  const deadline: Deadline = {
    waitsFor: "program",
    passed: new Promise((_, reject) => {
      const timer = setTimeout(() => {
        const reason = reasons[deadline.waitsFor].replace("%s", `${timeoutSeconds} seconds`);
        const errors = errorsOf(log());
        reject(new PreviewError(`${reason}; --timeout SECONDS gives it longer.`, errors === "" ? [] : [errors]));
      }, timeoutSeconds * 1000);
      timer.unref();
    }),
  };
  return deadline;
}
