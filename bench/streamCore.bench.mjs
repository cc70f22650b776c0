// The stream monitor's core over item changes of about a kilobyte, with every detection on, against JSON.parse of the same
// records: what the function adds to what any function has to do.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

export default async function streamCore() {
  const { toItemChange } = require("../dist/functions/streamMonitor/itemChange.js");
  const { Findings } = require("../dist/functions/streamMonitor/findings.js");
  const { StreamMonitor } = require("../dist/functions/streamMonitor/monitor.js");
  const { planMonitor } = require("../dist/components/streamMonitor/plan.js");

  const tableArn = "arn:aws:dynamodb:eu-central-1:123456789012:table/orders";
  const streamArn = `${tableArn}/stream/2026-11-01T00:00:00.000`;
  const settings = {
    guardedAttributes: ["status", "limits.daily"],
    timeToLiveAttribute: "expiresAt",
    confidential: true,
  };
  const plan = planMonitor({ tables: [{ streamArn, ...settings }] });
  const tables = plan.tables.map(({ plans }) => ({ tableArn, detections: plans.map(({ watched }) => watched) }));

  const texts = Array.from({ length: 20_000 }, (_, i) => JSON.stringify(record(i, streamArn)));
  const parsed = texts.map((text) => JSON.parse(text));
  return {
    name: "stream-core",
    ours: {
      label: "core of 20,000 records",
      command() {
        const findings = new Findings(tables, "hashed");
        const monitor = new StreamMonitor("hashed", findings);
        for (const one of parsed) monitor.observe(toItemChange(one));
        findings.take();
      },
    },
    theirs: {
      label: "JSON.parse of them",
      command() {
        for (const text of texts) JSON.parse(text);
      },
    },
    bound: 4,
  };
}

function record(i, eventSourceARN) {
  const Keys = { id: { S: `order-${i}` } };
  const image = (status) => ({
    ...Keys,
    status: { S: status },
    expiresAt: { N: "1893456000" },
    limits: { M: { daily: { N: "100" }, weekly: { N: "500" } } },
    lines: { L: Array.from({ length: 4 }, (_, n) => ({ M: { product: { S: `product-${n}` }, count: { N: "1" } } })) },
  });
  return {
    eventID: `event-${i}`,
    eventName: "MODIFY",
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: "eu-central-1",
    eventSourceARN,
    dynamodb: {
      ApproximateCreationDateTime: 1_793_577_600 + i / 100,
      Keys,
      OldImage: image("open"),
      NewImage: image(i % 100 === 0 ? "closed" : "open"),
      SequenceNumber: String(100_000 + i),
      SizeBytes: 1000,
      StreamViewType: "NEW_AND_OLD_IMAGES",
    },
  };
}
