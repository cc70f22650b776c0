import { all, any, atLeast, dynamodb, isFalse, isTrue, parametersOmitted, present, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** Each update of an index is a creation, update or deletion, and the API requires the name of the index in all three. */
const indexUpdate = "requestParameters.globalSecondaryIndexUpdates[0].*.indexName";
const streamEnabled = "requestParameters.streamSpecification.streamEnabled";

/** Published alert "Multiple Update Operation Performed": throughput, indexes or streams of one table, by one user. */
export const multipleUpdateOperations: Detection = {
  id: "multiple-update-operations",
  title: "Multiple changes of one table's settings",
  severity: "medium",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "AWS prints UpdateTable with provisionedThroughput, but an old event without resources and without the table's ARN " +
    "in the response. The other parameters and responseElements.tableDescription.tableArn follow from the API model.",
  // A selector that ends on an object matches nothing, so each setting is named by a leaf that the API requires in
  // its change: a throughput has read and write capacity, an index update the name of the index.
  when: all(
    dynamodb("UpdateTable"),
    any(
      atLeast("requestParameters.provisionedThroughput.readCapacityUnits", 0),
      present("requestParameters.billingMode"),
      present(indexUpdate),
      isTrue(streamEnabled),
      isFalse(streamEnabled),
      parametersOmitted(),
    ),
    succeeded(),
  ),
  alarm: { moreThan: 5, withinSeconds: 600, per: ["principal", "table"] },
  attack: [
    {
      version: "18.1",
      tactic: "TA0040",
      note: "No technique fits all of it. Lowered capacity is T1499; a stream or index added to read data belongs to TA0009.",
    },
  ],
  origin: { place: 10, title: "Multiple Update Operation Performed", tactic: "TA0003", technique: "T1505.001" },
  impact:
    "A table's capacity, indexes or stream are changed again and again: applications are throttled, costs rise, or data is " +
    "opened to another reader through an index or a stream.",
  response: [
    "Find the caller and the table in the alarm's contributor, read the UpdateTable events, and ask whether the changes were planned.",
    "If not, stop the caller: revoke the role's sessions or disable the user's access keys.",
    "Set capacity mode, throughput, indexes and stream back to what the infrastructure code says (`aws dynamodb update-table`).",
    "If a stream or an index was added, look for GetRecords, new event source mappings and Query calls on it.",
  ],
  falsePositives: [
    "Load tests and capacity tools: list their roles in `ignorePrincipals`.",
    "Application Auto Scaling does not count: it calls as its service-linked role.",
    "Pipelines that add several indexes, which DynamoDB takes one at a time.",
  ],
  limits: [
    "Counted per principal and table: changes that several callers or tables share stay below the threshold. A federated user counts under the user who issued the session.",
    "Principal and table are read from fields of the response that no published event shows: `grouped: false` counts for the whole account without them.",
    "Callers without an ARN are counted per account and table: principals of other accounts, IAM Identity Center users. Without an account too, as some AWS services, they are in no group and do not count; `grouped: false` counts them.",
    "On-demand limits, warm throughput, table class, replicas and encryption are not in the published alert and do not count.",
    "Capacity changed through Application Auto Scaling (RegisterScalableTarget) is not an UpdateTable of the caller.",
  ],
};
