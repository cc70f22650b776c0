import { compilePredicate } from "../../../detections";

/** Whether a filter pattern matches an event: what CloudWatch Logs would count. */
export function matches(pattern: string, event: object): boolean {
  return compilePredicate(pattern)(event);
}
