import type { CloudTrailRecord } from "../detections/event/record";
import { actorOf } from "../detections/event/summary";
import type { Actor } from "./finding";

/** Who made a call, as far as CloudTrail's record says. `country`: of the source address, where it was looked up. */
export function actorIn(record: CloudTrailRecord, country?: string): Actor {
  const identity = record.userIdentity ?? {};
  const { arn, type } = identity;
  const attributes = (identity.sessionContext as { attributes?: { mfaAuthenticated?: unknown } } | undefined)
    ?.attributes;
  const mfa = attributes?.mfaAuthenticated;
  const session = typeof arn === "string" ? /:assumed-role\/[^/]+\/(.+)$/.exec(arn)?.[1] : undefined;
  const userAgent = record["userAgent"];
  const fromConsole = String(record.sessionCredentialFromConsole) === "true";
  return {
    principal: actorOf(record),
    ...(session !== undefined && { session }),
    ...(typeof type === "string" && { type }),
    ...(typeof record.sourceIPAddress === "string" && { sourceIp: record.sourceIPAddress }),
    ...(country !== undefined && { country }),
    ...(mfa !== undefined && { mfa: String(mfa) === "true" }),
    ...(fromConsole && { console: true }),
    ...(typeof userAgent === "string" && { userAgent }),
  };
}
