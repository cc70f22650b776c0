import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { type AuditSettings, audit } from "../../offline/audit/audit";
import { PreviewError } from "../../offline/previewError";
import type { TagScope } from "../../policypack/table/scope";
import { visibleLines } from "../preview/controlCharacters";
import { exitCode } from "../preview/exitCode";
import { junit } from "./junit";
import { removals } from "./removals";
import { type AuditReport, jsonReport, linesOf } from "./report";
import { sarif } from "./sarif";
import { textReport } from "./text";

/** Options of `dynamodb-detective audit`, as commander gives them. */
export interface AuditOptions {
  plan?: string;
  policyPack?: string;
  policyConfig?: string;
  strict?: boolean;
  json?: boolean;
  sarif?: boolean;
  junit?: boolean;
  timeout?: string;
}

/** Runs the command; returns its exit code. */
export async function runAudit(file: string | undefined, options: AuditOptions): Promise<number> {
  try {
    const format = formatOf(options);
    const settings = settingsOf(file, options);
    const strict = options.strict ?? false;
    const { steps, ...found } = await audit(settings);
    const protect = found.policyLevels.find(({ policy }) => policy === "dynamodb-protect");
    const removed = removals(steps, (protect?.settings["forTags"] as TagScope | undefined) ?? undefined);
    const violations = [...removed.violations, ...found.violations];
    const undecided = [...removed.undecided, ...found.undecided];
    const code = exitCode({ ...found, violations, undecided, lookups: [] }, strict);
    const report: AuditReport = {
      ...found,
      violations,
      undecided,
      strict,
      exitCode: code,
      file: relative(process.cwd(), settings.file) || settings.file,
      lineOf: linesOf(settings.text),
    };
    process.stdout.write(format(report));
    return code;
  } catch (error) {
    if (!(error instanceof PreviewError)) throw error;
    const text = [error.message, ...(error.details.length > 0 ? ["", ...error.details] : [])].join("\n");
    process.stderr.write(`${visibleLines(text).trimEnd()}\n`);
    return 2;
  }
}

function formatOf(options: AuditOptions): (report: AuditReport) => string {
  const asJson = (of: (report: AuditReport) => unknown) => (report: AuditReport) =>
    `${JSON.stringify(of(report), null, 2)}\n`;
  const formats = {
    json: (report: AuditReport) => `${JSON.stringify(jsonReport(report))}\n`,
    sarif: asJson(sarif),
    junit,
  };
  const chosen = (["json", "sarif", "junit"] as const).filter((format) => options[format]);
  if (chosen.length > 1) {
    throw new PreviewError(`--${chosen.join(" and --")}: choose one, as each is printed on standard output.`);
  }
  return chosen[0] ? formats[chosen[0]] : textReport;
}

function settingsOf(file: string | undefined, options: AuditOptions): AuditSettings {
  const { plan, policyPack, policyConfig, timeout = "300" } = options;
  if (file !== undefined && plan !== undefined) {
    throw new PreviewError("a stack export and --plan: name one of them, each is an audit of its own.");
  }
  const given = file ?? plan;
  if (given === undefined) {
    throw new PreviewError(
      "nothing to audit: name the output of pulumi stack export, or with --plan that of pulumi preview --json.",
    );
  }
  const timeoutSeconds = Number(timeout);
  if (!(timeoutSeconds > 0 && Number.isFinite(timeoutSeconds))) {
    throw new PreviewError(`--timeout ${timeout}: expected a number of seconds greater than 0.`);
  }
  const path = given === "-" ? "-" : resolve(given);
  return {
    file: path,
    text: textOf(given),
    isPlan: plan !== undefined,
    timeoutSeconds,
    ...(policyPack !== undefined && { packFolder: resolve(policyPack) }),
    ...(policyConfig !== undefined && { policyConfigFile: policyConfig }),
  };
}

/** `-` is standard input. */
function textOf(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new PreviewError(`${file}: ${(error as Error).message}`);
  }
}
