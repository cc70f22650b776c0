import { managementCall } from "../../support/events";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

/** observed with basic selectors; advanced ones: inferred, API model. */
const put = (parameters: Record<string, unknown>, change = {}) =>
  managementCall("cloudtrail", "PutEventSelectors", { trailName: "audit", ...parameters }, change);
const field = (name: string, ...equals: string[]) => ({ field: name, equals });
const management = { fieldSelectors: [field("eventCategory", "Management")] };
const withoutTables = (change = {}) => put({ advancedEventSelectors: [management] }, change);
const tables = [field("eventCategory", "Data"), field("resources.type", "AWS::DynamoDB::Table")];
const basic = (settings: Record<string, unknown>) =>
  put({ eventSelectors: [{ readWriteType: "All", includeManagementEvents: true, dataResources: [], ...settings }] });

export const eventSelectorsChanged: Corpus = {
  detection: "event-selectors-changed",
  fires: {
    "data events of tables gone": withoutTables(),
    "of one table only": put({
      advancedEventSelectors: [management, { fieldSelectors: [...tables, field("resources.ARN", "arn:x")] }],
    }),
    "writes only": put({ advancedEventSelectors: [{ fieldSelectors: [...tables, field("readOnly", "false")] }] }),
    "basic selectors in place of advanced ones": basic({}),
    "management events gone": basic({ includeManagementEvents: false }),
    "AWS KMS excluded": basic({ excludeManagementEventSources: ["kms.amazonaws.com"] }),
  },
  quiet: {
    ...notReally(withoutTables, "iotanalytics.amazonaws.com"),
    "selectors read": managementCall("cloudtrail", "GetEventSelectors", { trailName: "audit" }),
    "selectors of Insights": managementCall("cloudtrail", "PutInsightSelectors", { trailName: "audit" }),
    "a trail created": managementCall("cloudtrail", "CreateTrail", { name: "audit" }),
    "no such trail": withoutTables({ errorCode: "TrailNotFoundException" }),
  },
  evasions: {
    caught: {
      ...byAnybody(withoutTables),
      "the type in an exclusion": put({
        advancedEventSelectors: [
          { fieldSelectors: [{ field: "resources.type", notEquals: ["AWS::DynamoDB::Table"] }] },
        ],
      }),
      "among many": put({ advancedEventSelectors: Array.from({ length: 200 }, () => management) }),
    },
    missed: {
      "of an event data store": {
        what: managementCall("cloudtrail", "UpdateEventDataStore", { eventDataStore: "e" }),
        limit: "UpdateEventDataStore",
      },
    },
  },
};
