import { shown, unknownName } from "../../wording";
import { ArgumentError } from "../argumentError";
import { arns, readArn } from "../arns";
import { checkTags } from "../tags";
import { type ActionName, actions } from "./actions";
import type { ConfigRemediationArgs } from "./args";

/** AWS Config API Reference, RemediationConfiguration and SsmControls. */
const ranges = {
  maximumAutomaticAttempts: [1, 25],
  retryAttemptSeconds: [1, 2_678_000],
  concurrentExecutionPercentage: [1, 100],
  errorPercentage: [1, 100],
} as const;

/** Throws ArgumentError for arguments that cannot be deployed. `prefix` says where they are written. */
export function validateRemediation(args: Omit<ConfigRemediationArgs, "configRuleNames">, prefix = ""): void {
  const { action, automatic, tableNames, kmsKeyArn, missingTags } = args;
  if (!(action in actions)) {
    throw new ArgumentError(`${prefix}action`, unknownName("action", action, Object.keys(actions)));
  }
  for (const [name, [least, most]] of Object.entries(ranges)) {
    const value = args[name as keyof typeof ranges];
    if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) continue;
    throw new ArgumentError(`${prefix}${name}`, `${shown(value)} is not a whole number from ${least} to ${most}.`);
  }
  for (const name of ["maximumAutomaticAttempts", "retryAttemptSeconds"] as const) {
    if (args[name] !== undefined && !automatic) {
      throw new ArgumentError(
        `${prefix}${name}`,
        "changes nothing without automatic: true. Leave it out, or set that.",
      );
    }
  }
  if (tableNames?.length === 0)
    throw new ArgumentError(`${prefix}tableNames`, "is empty. Name a table, or leave it out.");
  for (const [i, table] of (tableNames ?? []).entries()) {
    if (/^[A-Za-z0-9_.-]{3,255}$/.test(table)) continue;
    throw new ArgumentError(
      `${prefix}tableNames[${i}]`,
      `${shown(table)} is no name of a table. Write 3 to 255 letters, digits or _ . -.`,
    );
  }
  const { needs } = actions[action as ActionName];
  for (const [name, value] of Object.entries({ kmsKeyArn, missingTags })) {
    if (value === undefined && needs === name)
      throw new ArgumentError(`${prefix}${name}`, `is missing; the action ${action} needs it.`);
    if (value !== undefined && needs !== name)
      throw new ArgumentError(`${prefix}${name}`, `is not for the action ${action}. Leave it out.`);
  }
  if (typeof kmsKeyArn === "string") readArn(`${prefix}kmsKeyArn`, arns.key, kmsKeyArn);
  if (missingTags) {
    if (Object.keys(missingTags).length === 0) throw new ArgumentError(`${prefix}missingTags`, "is empty. Name a tag.");
    checkTags(`${prefix}missingTags`, missingTags);
    const empty = Object.keys(missingTags).find((key) => missingTags[key] === "");
    if (empty !== undefined) throw new ArgumentError(`${prefix}missingTags.${empty}`, "is empty. Write a value.");
  }
}
