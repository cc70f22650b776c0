import { shown } from "../wording";
import { ArgumentError } from "./argumentError";

/** What PutRetentionPolicy takes (Amazon CloudWatch Logs API Reference). 0: for ever. */
const choices = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Throws ArgumentError for a number of days that CloudWatch Logs does not have. */
export function checkLogRetention(argument: string, days: number): void {
  if (choices.includes(days)) return;
  throw new ArgumentError(
    argument,
    `${shown(days)} is not a retention of CloudWatch Logs. Write one of ${choices.join(", ")} (0: for ever).`,
  );
}
