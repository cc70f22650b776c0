import { all, any, dynamodb, equals, present, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import type { SequenceStep } from "../../statefulRule";
import { sequenceLimits } from "../sequenceLimits";
import { indexOfAllAttributes } from "./tableIndex";

const steps: readonly [SequenceStep, SequenceStep] = [
  { title: "an index with all attributes was added", when: indexOfAllAttributes() },
  {
    title: "an index of the table was read",
    when: all(
      dynamodb("Query", "Scan"),
      any(present("requestParameters.indexName"), equals("resources[*].ARN", "*/index/*")),
      succeeded(),
    ),
  },
];

/** Who adds an index and reads it at once wants the data by another way: the same principal, the same table. */
export const indexAddedThenRead: Detection = {
  id: "index-added-then-read",
  title: "Index with all attributes added, then read",
  severity: "high",
  source: "table-data",
  reads: true,
  evidence: "inferred",
  evidenceNote:
    "Nobody published UpdateTable with globalSecondaryIndexUpdates, or a Query of an index: indexName follows from the API " +
    "model, and the index's ARN among the resources from the IAM resource types.",
  when: any(...steps.map(({ when }) => when)),
  alarm: { moreThan: 0, withinSeconds: 60 },
  stateful: { kind: "sequence", steps, per: ["principal", "table"], withinSeconds: 86_400 },
  attack: [{ version: "18.1", tactic: "TA0009", technique: "T1213.006" }],
  impact: "Somebody made their own way to all attributes of the table, and uses it.",
  response: [
    "Stop the caller first: revoke the role's sessions or disable the user's access keys. Then ask whether the index was planned.",
    "Delete the index, and count the caller's reads of it: each is a page of up to 1 MB.",
    "Treat what the table holds as disclosed, and rotate the secrets in it.",
  ],
  falsePositives: ["Developers who add an index and try it: list their role in `ignorePrincipals`."],
  limits: [
    ...sequenceLimits,
    "It may be another index of the table that is read.",
    "A PartiQL SELECT that names the index in its text is no Query: see table-scanned.",
  ],
};
