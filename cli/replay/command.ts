import { accessSync, constants, existsSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Severity, severities } from "../../detections";
import { type Alert, InputError, type Simulation, simulate } from "../../simulation";
import { closest, fileProblem } from "../../wording";
import { assumptionsOf } from "./assumptions";
import { countriesOf } from "./countries";
import { htmlReport } from "./html";
import { alertLine, summaryLine } from "./json";
import { plain } from "./labels";
import { ProgressLine } from "./progress";
import { type Outcome, replay } from "./replay";
import { type ResourceOptions, readResources } from "./resources";
import { counted, textReport } from "./text";
import { undelivered } from "./undelivered";
import { UsageError } from "./usageError";

/** Options of `dynamodb-detective replay`, as commander gives them. */
export interface ReplayOptions extends ResourceOptions {
  json?: boolean;
  html?: string;
  failOn?: string;
  jitter?: string;
  seed?: string;
}

/** Where the command writes. */
export interface Streams {
  stdout: Pick<NodeJS.WriteStream, "write" | "isTTY">;
  stderr: Pick<NodeJS.WriteStream, "write" | "isTTY">;
}

const [fine, alerted, usage, unreadable] = [0, 1, 2, 3];

/** Runs the command; returns its exit code. */
export async function runReplay(
  paths: readonly string[],
  options: ReplayOptions,
  { stdout, stderr }: Streams = process,
): Promise<number> {
  const progress = new ProgressLine(stderr);
  const say = (text: string): void => {
    progress.clear();
    stderr.write(`${text}\n`);
  };
  try {
    const failOn = options.failOn === undefined ? undefined : severityOf(options.failOn);
    const jitterSeconds = numberOf("jitter", options.jitter ?? "0", "seconds");
    const seed = numberOf("seed", options.seed ?? "1", "number");
    if (options.html !== undefined) checkWritable(options.html);
    const simulation = await simulationOf(options, (text) => progress.show(text));

    const alerts: Alert[] = [];
    const assumed = new Set<string>();
    const outcome = await replay(simulation, paths, {
      jitterSeconds,
      seed,
      onAlert(alert) {
        alerts.push(shortened(alert));
        for (const assumption of assumptionsOf(alert)) assumed.add(assumption);
      },
      onProblem: (text) => say(plain(text)),
      onProgress: (state) => progress.update(state),
    });
    progress.clear();
    // They come when their alarm ends; time, then name, is the same on every run.
    alerts.sort((a, b) => compare(a.time, b.time) || compare(a.detection, b.detection));
    const arrived = alerts.filter(({ stoppedAt }) => stoppedAt === undefined);
    const lost = undelivered(alerts, outcome.stopped);

    if (options.json) {
      for (const alert of arrived) stdout.write(`${alertLine(alert)}\n`);
      stdout.write(`${summaryLine(outcome.summary)}\n`);
    } else stdout.write(textReport(arrived, outcome, stdout.isTTY === true));
    // Part of what people read; programs get nothing but JSON.
    const told = [...notes(simulation, outcome, lost, [...assumed])].map((note) => `${plain(note)}\n`);
    if (options.json) stderr.write(told.join(""));
    else if (told.length > 0) stdout.write(`\n${told.join("")}`);
    if (options.html !== undefined) {
      writeHtml(options.html, htmlReport(arrived, outcome, lost, [...assumed]));
      if (!options.json) say(`Report: ${options.html}`);
    }

    if (outcome.isUnreadable) return unreadable;
    return failOn !== undefined && arrived.some(({ severity }) => rank(severity) >= rank(failOn)) ? alerted : fine;
  } catch (error) {
    progress.clear();
    if (!(error instanceof UsageError)) throw error;
    stderr.write(`${error.message}\n`);
    return usage;
  }
}

async function simulationOf(options: ResourceOptions, onProgress: (text: string) => void): Promise<Simulation> {
  const resources = await readResources(options, onProgress);
  if (
    !resources.some(
      ({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm" || type === "aws:cloudwatch/eventRule:EventRule",
    )
  ) {
    throw new UsageError(
      "none of the resources is an alarm or an event rule: nothing could ever alert. Run the command in the folder of a " +
        "Pulumi program with DetectiveControls, or pass its stack export with --stack-file.",
    );
  }
  try {
    return simulate(resources, { countryOf: countriesOf(resources) });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new UsageError(error.message);
  }
}

const rank = (severity: Severity): number => severities.indexOf(severity);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function severityOf(written: string): Severity {
  const known = severities.find((severity) => severity === written);
  if (known) return known;
  const near = closest(written, severities);
  throw new UsageError(
    `--fail-on ${written}: no such severity.${near ? ` Did you mean ${near}?` : ""} Known: ${severities.join(", ")}.`,
  );
}

function numberOf(option: string, written: string, unit: string): number {
  const value = Number(written);
  if (written.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
  throw new UsageError(
    `--${option} ${written}: expected a ${unit === "seconds" ? "number of seconds" : unit}, 0 or more.`,
  );
}

/** Events of an alert that a report lists. */
const listedEvents = 25;

/** An alert without what no report prints: a year of logs can hold many thousands of them. */
const shortened = (alert: Alert): Alert => ({
  ...alert,
  events: alert.events.slice(0, listedEvents),
  suppressedEvents: alert.suppressedEvents.slice(0, Math.max(0, listedEvents - alert.events.length)),
  path: [],
});

function writeHtml(file: string, html: string): void {
  try {
    writeFileSync(file, html);
  } catch (error) {
    throw new UsageError(`--html ${file}: ${fileProblem(error)}.`);
  }
}

/** Said before much is read. */
function checkWritable(file: string): void {
  if (!existsSync(dirname(file))) throw new UsageError(`--html ${file}: no such folder: ${dirname(file)}.`);
  try {
    accessSync(dirname(file), constants.W_OK);
    if (existsSync(file)) accessSync(file, constants.W_OK);
  } catch (error) {
    throw new UsageError(`--html ${file}: ${fileProblem(error)}.`);
  }
  if (existsSync(file) && statSync(file).isDirectory()) {
    throw new UsageError(`--html ${file}: a folder. Name a file in it, for example ${join(file, "report.html")}`);
  }
}

function* notes(
  simulation: Simulation,
  { summary, copies }: Outcome,
  lost: readonly string[],
  assumed: readonly string[],
): Generator<string> {
  if (summary.events === 0) yield "No event was read: this tells nothing about the account.";
  if (lost.length > 0) yield "Would not arrive:";
  for (const sentence of lost) yield `  ${sentence}`;
  if (assumed.length > 0) yield "Taken for granted:";
  for (const sentence of assumed) yield `  ${sentence}`;
  for (const { resource, reason } of simulation.notSimulated) {
    // Alarms on metrics of AWS's own, such as those on the detectors' health, have nothing to do with events.
    if (!reason.startsWith("no metric filter writes AWS/")) yield `Not simulated: ${resource}: ${reason}`;
  }
  if (copies > 0) yield `${counted(copies, "relevant event")} in more than one file: each counted once.`;
  if (summary.late > 0) {
    yield `${counted(summary.late, "relevant event")} came too late to be put in order and did not count: files that ` +
      "cover the same time should be given so that their events begin within an hour of each other.";
  }
}
