import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { type Preview, type PreviewSettings, preview } from "../../../offline/preview";
import { isUndecided, undecidedMarker } from "../../../policypack/undecided";
import { packageRoot } from "../../../tools/freshness";
import type { Registered } from "./equality";
import { rootConfig } from "./programs";
import type { Outcome } from "./stack";

/** The offline preview of a program of this package, with the same policy pack as the engine has. */
export const offlinePreview = (settings: Omit<PreviewSettings, "packFolder">): Promise<Preview> =>
  preview({ ...settings, packFolder: inject("pack") });

/** The offline preview of the program at the root, with the look-ups that the account would answer. */
export async function offlineRoot(
  config: { [key: string]: unknown },
  stack: string,
  lookups: { [token: string]: object } = {},
): Promise<Preview> {
  const folder = mkdtempSync(join(tmpdir(), "e2e-config-"));
  try {
    const configFile = join(folder, `Pulumi.${stack}.yaml`);
    const lookupsFile = join(folder, "lookups.json");
    writeFileSync(configFile, JSON.stringify({ config: rootConfig(config) }));
    writeFileSync(lookupsFile, JSON.stringify(lookups));
    return await offlinePreview({ folder: packageRoot, stack, configFile, lookupsFile, resolved: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The AWS resources of an offline preview. */
export const registeredIn = ({ resources }: Preview): Registered[] =>
  resources.filter(({ type }) => type.startsWith("aws:")) as Registered[];

/** What the engine should say it judged: every policy on every table. */
export function judgedIn({ resources, policyLevels, violations, undecided }: Preview): Outcome["judged"] {
  const failed = (urn: string) => [...violations, ...undecided].filter((verdict) => verdict.urn === urn);
  const policies = policyLevels.map(({ policy }) => policy).sort();
  return Object.fromEntries(
    resources
      .filter(({ type }) => type.startsWith("aws:dynamodb/table"))
      .map(({ urn }) => {
        const objecting = new Set(failed(urn).map(({ policy }) => policy));
        const passed = policies.filter((policy) => !objecting.has(policy));
        return [urn, { passed, failed: [...objecting].sort() }];
      }),
  );
}

/** What either side's policies say against a resource: level, policy, resource and text, sorted. */
export const objections = {
  ofEngine: ({ verdicts }: Outcome): string[] =>
    verdicts
      .map(({ policy, level, urn, message }) => {
        const text = plain(message);
        // Where none could be reached, the SDK does not put the policy's description in front.
        const undecided = level === "advisory" && isUndecided(text);
        return undecided
          ? objection("undecided", policy, urn, text.replace(undecidedMarker, ""))
          : objection(level, policy, urn, text);
      })
      .sort(),
  ofPreview: ({ violations, undecided }: Preview): string[] =>
    [
      ...violations.map(({ enforcementLevel, policy, urn, description, message }) =>
        objection(enforcementLevel, policy, urn, plain(`${description}\n${message}`)),
      ),
      ...undecided.map(({ policy, urn, message }) => objection("undecided", policy, urn, plain(message))),
    ].sort(),
};

const objection = (level: string, policy: string, urn: string, text: string) =>
  `${level} ${policy} ${urn}: ${text.trim()}`;

/** Without the colours and blank lines that the engine puts around a message. */
const plain = (message: string): string =>
  message
    .replace(/<\{%.*?%\}>/g, "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");
