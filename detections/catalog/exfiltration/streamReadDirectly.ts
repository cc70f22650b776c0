import { all, differs, dynamodb, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** The stream is read by a principal and not by AWS's own pollers. */
export const streamReadDirectly: Detection = {
  id: "stream-read-directly",
  title: "Table's stream read directly",
  severity: "medium",
  profile: "full",
  source: "stream-data",
  evidence: "documented",
  evidenceNote:
    "AWS prints GetRecords of a principal. How the pollers of AWS Lambda and EventBridge Pipes sign is inferred from " +
    "other services' events: invokedBy and source address name the service.",
  when: all(
    dynamodb("GetRecords", "GetShardIterator"),
    differs("userIdentity.invokedBy", "lambda.amazonaws.com", "pipes.amazonaws.com", "dynamodb.amazonaws.com"),
    differs("sourceIPAddress", "lambda.amazonaws.com", "pipes.amazonaws.com", "dynamodb.amazonaws.com"),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0009", technique: "T1213.006" },
    { version: "18.1", tactic: "TA0009", technique: "T1119" },
  ],
  impact: "Changed items of the last 24 hours are read, with old and new values, without a read of the table.",
  response: [
    "Find the caller and the table's stream in the event, and ask whether an application reads it.",
    "If not, revoke the role's sessions or disable the user's access keys.",
    "Treat items changed in the 24 hours before the first read as disclosed.",
    "Allow dynamodb:GetRecords to the roles of consumers only.",
  ],
  falsePositives: [
    "Applications that read streams with the Kinesis adapter: list their roles as workload principals.",
    "AWS Lambda reads a stream in the role of the function: where those events name no service, list the functions' roles as workload principals.",
  ],
  limits: [
    "Refused reads do not count.",
    "A function on the stream reads it through AWS Lambda: see stream-consumer-added.",
    "Stream reads are seen only where the trail carries data events of streams.",
  ],
};
