import type { Alert } from "../../simulation";
import { whereOf } from "./undelivered";

/** What the way of an alert that arrives takes for granted: hops outside of the resources, policies that are not decided. */
export function assumptionsOf({ path, stoppedAt }: Alert): string[] {
  return stoppedAt ? [] : path.filter(({ status }) => status === "assumed").map(whereOf);
}
