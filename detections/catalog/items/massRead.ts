import { all, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { readsItems } from "./itemCalls";
import { itemLevelLimits } from "./statements";

/** A principal reads far more than it usually does. */
export const massRead: Detection = {
  id: "mass-read",
  title: "Far more reads than usual",
  severity: "medium",
  source: "table-data",
  reads: true,
  evidence: "documented",
  evidenceNote: "AWS prints item-level reads with the caller.",
  when: all(readsItems(), succeeded()),
  alarm: { moreThan: 0, withinSeconds: 60 },
  stateful: {
    kind: "rate",
    per: ["principal"],
    windowSeconds: 600,
    baselineWindows: 12,
    factor: 5,
    atLeast: 1000,
  },
  attack: [
    { version: "18.1", tactic: "TA0009", technique: "T1213.006" },
    { version: "18.1", tactic: "TA0009", technique: "T1119" },
  ],
  impact: "Tables may be read out item by item, which no detection of scans sees.",
  response: [
    "Find the caller and the tables, and ask whether a job, a release or a load test explains the reads.",
    "If not, revoke the role's sessions or disable the user's access keys.",
    "Estimate what was read: Query and BatchGetItem return up to 1 MB and 16 MB with one call.",
    "Treat what the tables hold as disclosed, and rotate the secrets in it.",
  ],
  falsePositives: [
    "Batch jobs, backfills and load tests: list their roles as workload principals, or raise `threshold`.",
  ],
  limits: [
    "Counted in windows of fixed ten minutes: a burst over the border of two is counted in two parts.",
    "Who raises the rate slowly raises the usual too.",
    "Calls are counted, not items: one Query may return as much as a thousand GetItem.",
    "Reads that a DAX cluster answers from its cache are not logged.",
    ...itemLevelLimits,
  ],
};
