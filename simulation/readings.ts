/** A question that AWS's pages leave open, and how the simulation answers it. */
export interface Reading {
  id: string;
  question: string;
  taken: string;
  /** What changes in a verdict if AWS does otherwise. */
  consequence: string;
}

/** Every reading of the simulation. `docs/simulation.md` is written from this list. */
export const readings: readonly Reading[] = [
  {
    id: "category-of-old-events",
    question: "What category does an event have that lacks both `eventCategory` and `managementEvent`?",
    taken: "Data for the item-level calls of DynamoDB and its streams, management for everything else.",
    consequence: "An old item-level event of another service passes a management selector.",
  },
  {
    id: "missing-resources",
    question: "Does a selector on `resources.type` or `resources.ARN` take a DynamoDB event without `resources`?",
    taken:
      "The type follows from the call (stream calls: AWS::DynamoDB::Stream, others: AWS::DynamoDB::Table); the ARN is unknown and meets no positive condition.",
    consequence: "Events in a selector by table ARN are lost where AWS knows the table without printing it.",
  },
  {
    id: "several-resources",
    question:
      "Which resource of an event with several must meet the conditions on `resources.type` and `resources.ARN`?",
    taken: "Any one of them, which must meet all of these conditions by itself.",
    consequence: "A batch call on a watched and on an unwatched table is logged.",
  },
  {
    id: "read-only-of-old-events",
    question: "Is an event without `readOnly` read-only?",
    taken: "By the verb its name begins with (Get, List, Describe, Query, Scan and the like).",
    consequence: "Only trails that log reads or writes alone differ.",
  },
  {
    id: "home-account",
    question: "Whose trail do the events belong to?",
    taken: "The trail of the stack: accounts in the events are not compared with that of the trail.",
    consequence: "Files of another account raise the alerts that this stack would raise in that account.",
  },
  {
    id: "null-compares",
    question: "Do `=`, `!=` and `NOT EXISTS` match a field that is null, or one below it?",
    taken:
      "A null field exists and meets no comparison, `!=` included; only `IS NULL` matches it. What is below it does not exist.",
    consequence:
      "`requestParameters: null` never meets an exclusion by `!=` alone; guarded exclusions are not affected.",
  },
  {
    id: "differs-scalar",
    question: "Does `!=` match a field of another type than the value?",
    taken: "Yes: the field holds a text, a number or a boolean, and not that value.",
    consequence: "Shipped patterns compare fields with values of their own type.",
  },
  {
    id: "differs-wildcard",
    question: "With `[*]` or `.*`, must one element differ for `!=`, or all?",
    taken: "One is enough, as for every other comparison.",
    consequence: "A pattern that means `none of them` would match too often; shipped patterns have none.",
  },
  {
    id: "quoted-number",
    question: "Does a text in quotes match a JSON number, or a number a JSON text?",
    taken:
      'Neither. A text without quotes that holds a `*` also matches numbers, by their digits, as in the page\'s example `{ $.latency = * }`; `"*"` in quotes matches texts only.',
    consequence: "Numeric fields are compared with numbers in shipped patterns.",
  },
  {
    id: "empty-text",
    question: "Does `*` stand for no text at all?",
    taken: 'Yes: `"*"` matches the empty text, and `"abc*"` matches `abc`.',
    consequence: "An empty field counts as present.",
  },
  {
    id: "regex-on-text",
    question: "Does a regular expression match numbers and booleans?",
    taken: "No, texts only.",
    consequence: "None for shipped patterns.",
  },
  {
    id: "metric-value",
    question: "What does a filter publish whose value is a selector that leads to no number?",
    taken: "Nothing for that event.",
    consequence: "Shipped filters count events by the value 1.",
  },
  {
    id: "missing-dimension",
    question: "What does a filter publish for an event that lacks a dimension's field?",
    taken: "Nothing for that event. Shipped patterns ask for the field, so the case does not arise.",
    consequence: "If AWS publishes the value without dimensions, a plain alarm on the metric would count it.",
  },
  {
    id: "dimension-limit",
    question: "When does AWS switch off a filter with too many dimension values?",
    taken: "Never here. AWS says that it may do so at about 1,000 name and value pairs within an hour.",
    consequence: "A flood of distinct principals and tables could silence a grouped detection in AWS.",
  },
  {
    id: "event-time",
    question: "Which minute of a metric does an event count in?",
    taken:
      "That of its `eventTime`, or of the delivery time that the caller gives. In AWS it is the time of arrival in the log group, typically five minutes later.",
    consequence:
      "Events that are delivered late and together can meet a threshold in AWS that they do not meet here, and the other way round.",
  },
  {
    id: "window-alignment",
    question: "Where does a period begin?",
    taken:
      "Every minute the window slides by a minute, as the user guide says of the default window, also for Metrics Insights queries. `alignment: clock` begins periods at multiples of their length instead.",
    consequence: "With clock-aligned periods a burst across a boundary is split, and the alert may be missing.",
  },
  {
    id: "evaluation-range",
    question: "How many data points beyond the evaluation periods does an evaluation look at?",
    taken:
      "None. The user guide says that a sliding window looks at more of them, without saying how many; its only example has two more (5 for 3), which `extraDataPoints: 2` plays. Where the newest points are missing, older ones then decide, whatever `treatMissingData` says.",
    consequence:
      "With more points an alarm of one period stays in ALARM for as many periods without data, and what happens in them is suppressed; one on a long period may notify again of the same events.",
  },
  {
    id: "premature-alarm",
    question:
      "What state follows where every existing data point breaches but they are too few, before the oldest is old enough?",
    taken: "The state stays. The page gives the two ends of this rule only.",
    consequence: "Only alarms with several periods that treat missing data as missing.",
  },
  {
    id: "first-state",
    question: "What state does an alarm have when the events begin?",
    taken: "INSUFFICIENT_DATA, as after its creation.",
    consequence: "An alarm that would already be in ALARM notifies once at the beginning.",
  },
  {
    id: "grouped-limits",
    question: "What happens above the quotas of a Metrics Insights alarm (500 series, 100 contributors in ALARM)?",
    taken: "There is no quota here.",
    consequence: "In AWS an attack with hundreds of principals is cut off after the first hundred.",
  },
  {
    id: "undecided-policy",
    question: "What follows where a policy cannot be decided without the account?",
    taken: "The hop is marked as assumed and the alert goes on.",
    consequence: "The path of the alert says so.",
  },
  {
    id: "no-subscription",
    question: "Does an alert arrive at a topic that nobody among the resources is subscribed to?",
    taken: "It arrives at the topic; the hop is marked as assumed.",
    consequence: "Whether anybody reads it is not known.",
  },
  {
    id: "unconfirmed-subscription",
    question: "Has the owner of an e-mail address or endpoint confirmed the subscription?",
    taken: "Yes.",
    consequence: "Until somebody confirms, AWS delivers nothing there.",
  },
  {
    id: "policy-at-creation",
    question: "What happens to CloudWatch Logs delivery while a bucket or its key refuses CloudTrail?",
    taken: "CloudTrail refuses to create the trail, so nothing is delivered anywhere.",
    consequence: "A policy that breaks later only loses the files in the bucket.",
  },
];
