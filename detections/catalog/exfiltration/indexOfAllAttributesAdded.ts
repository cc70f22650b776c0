import type { Detection } from "../../detection";
import { indexOfAllAttributes } from "./tableIndex";

/** A second copy of every item, under other keys, that a principal without access to the table may be allowed to query. */
export const indexOfAllAttributesAdded: Detection = {
  id: "index-of-all-attributes-added",
  title: "Index with all attributes added",
  severity: "low",
  profile: "full",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "AWS prints UpdateTable, without globalSecondaryIndexUpdates; create.projection.projectionType follows from the API model.",
  when: indexOfAllAttributes(),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [{ version: "18.1", tactic: "TA0009", technique: "T1213.006" }],
  impact: "All attributes can be queried through the index, past policies that allow or deny the table alone.",
  response: [
    "Ask the owner of the table whether the index was planned.",
    "If not, delete it (`aws dynamodb update-table --global-secondary-index-updates`) and stop the caller.",
    "Look for Query and Scan on the index since then.",
  ],
  falsePositives: [
    "Infrastructure code adds indexes in the course of development: list its role in `ignorePrincipals`.",
  ],
  limits: [
    "Indexes of some attributes (INCLUDE, KEYS_ONLY) do not count, nor do vector indexes.",
    "An index that a table is created with does not count: there is nothing in it yet.",
  ],
};
