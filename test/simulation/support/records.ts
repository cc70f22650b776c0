// Events of the simulation's tests at a time, by a user. Shapes: test/support/events.ts.
import type { CloudTrailRecord } from "../../../simulation";
import { at, event, identities, item, updateTable as update } from "../../support/events";

export { account, at, region, tableArn } from "../../support/events";

export const roleSession = (role: string, session = "session") => identities.role(role, session);
export const { user } = identities;

/** A management event of DynamoDB. */
export const management = (eventName: string, time: string, change: Partial<CloudTrailRecord> = {}): CloudTrailRecord =>
  event(eventName, { tableName: "orders" }, { eventTime: at(time), userIdentity: user("eve"), ...change });

/** An item-level call. */
export const data = (eventName: string, time: string, change: Partial<CloudTrailRecord> = {}): CloudTrailRecord =>
  item(eventName, { tableName: "orders" }, { eventTime: at(time), userIdentity: user("eve"), ...change });

/** A change of a table's capacity: what the grouped detection counts. */
export const updateTable = (
  time: string,
  { by = user("eve"), table = "orders" }: { by?: CloudTrailRecord["userIdentity"]; table?: string } = {},
): CloudTrailRecord =>
  update({ tableName: table, billingMode: "PAY_PER_REQUEST" }, { eventTime: at(time), userIdentity: by }, table);
