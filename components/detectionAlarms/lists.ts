import type { Lists } from "../../detections";
import { shown } from "../../wording";
import { ArgumentError } from "../argumentError";
import { arns, readArn } from "../arns";

/** Checks the lists that detections read. Throws an ArgumentError that names the list and the value. */
export function checkLists({ tableKeyArns = [], decoyTableArns = [], trustedAccounts = [] }: Lists): void {
  for (const [i, arn] of tableKeyArns.entries()) readArn(`tableKeyArns[${i}]`, arns.key, arn);
  for (const [i, arn] of decoyTableArns.entries()) readArn(`decoyTableArns[${i}]`, arns.table, arn);
  for (const [i, account] of trustedAccounts.entries()) {
    if (/^\d{12}$/.test(account)) continue;
    throw new ArgumentError(`trustedAccounts[${i}]`, `${shown(account)} is not the id of an account: 12 digits.`);
  }
}
