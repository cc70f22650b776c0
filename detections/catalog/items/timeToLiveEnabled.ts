import { all, any, dynamodb, isTrue, parametersOmitted, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** From now on DynamoDB deletes items by itself, and CloudTrail does not log it. */
export const timeToLiveEnabled: Detection = {
  id: "time-to-live-enabled",
  title: "Time to live switched on",
  severity: "medium",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "AWS lists UpdateTimeToLive among the logged calls; nobody published such an event. timeToLiveSpecification.enabled " +
    "follows from the API model.",
  when: all(
    dynamodb("UpdateTimeToLive"),
    any(isTrue("requestParameters.timeToLiveSpecification.enabled"), parametersOmitted()),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    {
      version: "18.1",
      tactic: "TA0040",
      technique: "T1485",
      note: "T1485.001 says the same of storage buckets with a lifecycle rule.",
    },
  ],
  impact: "Every item whose attribute holds a past time is deleted within days, and no deletion is in CloudTrail.",
  response: [
    "Read attributeName in the event, and find out what time that attribute holds in the items of this table.",
    "If it was not planned, switch time to live off at once (`aws dynamodb update-time-to-live`), and stop the caller.",
    "Look for writes of the attribute before: an attacker gives it to the items that shall go.",
    "Restore what was deleted from point-in-time recovery, beside the table, and copy it back.",
  ],
  falsePositives: ["Infrastructure code that gives a new table its time to live: list its role in `ignorePrincipals`."],
  limits: [
    "Time to live that is switched off deletes nothing and does not count. Another attribute needs off and on again.",
    "The deletions themselves are not in CloudTrail; DynamoDB Streams show them, marked with the service's identity.",
    "A table that has time to live already can be emptied by writing its attribute: see table-item-updated.",
  ],
};
