import { all, dynamodb, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** Item changes flow into a Kinesis data stream. */
export const kinesisDestinationEnabled: Detection = {
  id: "kinesis-destination-enabled",
  title: "Kinesis destination of a table enabled or changed",
  severity: "high",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "The calls are in the API model and the list of IAM actions; nobody published such an event. No parameter is read.",
  when: all(dynamodb("EnableKinesisStreamingDestination", "UpdateKinesisStreamingDestination"), succeeded()),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0009", technique: "T1119" },
    { version: "18.1", tactic: "TA0010", technique: "T1537" },
  ],
  impact: "Each changed item is copied to a data stream for up to a year, whose readers may be in another account.",
  response: [
    "Read streamArn in the event, and find out whose stream it is and who may read it.",
    "If it was not planned, disable the destination (`aws dynamodb disable-kinesis-streaming-destination`) and stop the caller.",
    "Look for consumers of the data stream: GetRecords, SubscribeToShard, AWS Lambda, Amazon Data Firehose.",
    "Treat items changed since then as disclosed.",
  ],
  falsePositives: ["Infrastructure code that sets up change data capture: list its role in `ignorePrincipals`."],
  limits: [
    "New readers of a data stream that was a destination before are not seen.",
    "A destination that is disabled does not count.",
  ],
};
