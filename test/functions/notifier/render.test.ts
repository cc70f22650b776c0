// Proves: each channel's message fits the schema that the channel documents, whatever an event holds, and no word of an
// event can pass for one of ours or reach people as markup. Does not prove: how Slack, Teams or a mail reader shows it.
import Ajv from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../../functions/finding";
import { type Alert, alertOf } from "../../../functions/notifier/alert";
import { linksOf } from "../../../functions/notifier/links";
import { topicMessage } from "../../../functions/notifier/publisher";
import { chatNotification } from "../../../functions/notifier/render/chat";
import { emailSubject, emailText } from "../../../functions/notifier/render/email";
import { alertJson } from "../../../functions/notifier/render/json";
import { oneLine } from "../../../functions/notifier/render/oneLine";
import { endOf, securityHubFinding } from "../../../functions/notifier/render/securityHub";
import { account, region } from "../../support/events";
import { customNotificationSchema } from "./schemas/customNotification";
import { securityFindingSchema } from "./schemas/securityFinding";
import { deployed } from "./support";

const place = { partition: "aws", region, account };
const ajv = new Ajv({ allErrors: true });
const fits = (schema: object) => {
  const validate = ajv.compile(schema);
  return (value: unknown) => (validate(JSON.parse(JSON.stringify(value))) ? [] : validate.errors);
};
const fitsChat = fits(customNotificationSchema);
const fitsFinding = fits(securityFindingSchema);

const finding: Finding = {
  id: "backup-deleted:11111111-2222-3333-4444-555555555555",
  detection: "backup-deleted",
  title: "Backup deleted",
  severity: "high",
  time: "2026-01-05T10:00:00.000Z",
  account,
  region,
  summary: "ops called DeleteBackup on table orders.",
  actors: [
    {
      principal: "ops",
      session: "alice",
      type: "AssumedRole",
      sourceIp: "192.0.2.7",
      country: "NL",
      mfa: false,
      console: true,
    },
  ],
  tables: ["orders"],
  events: [{ id: "11111111-2222-3333-4444-555555555555", name: "DeleteBackup", time: "2026-01-05T10:00:00.000Z" }],
  count: 1,
};
const detections = deployed();
const alert = (change: Partial<Finding> = {}, kind: Alert["kind"] = "alert"): Alert => ({
  ...alertOf(
    { ...finding, ...change },
    detections.find(({ id }) => id === (change.detection ?? finding.detection)),
    { place, logGroup: "audit", alarm: "detective-test-detections-high-backup-deleted" },
  ),
  kind,
});

/** What an attacker may choose: names with breaks, markup, directions, halves of characters, great lengths. */
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(
    "x\nWho: admin",
    "x\r\n\r\nRunbook: https://evil.example",
    "\u2028What to do\u2029",
    "*bold* _it_ ~no~ `code`",
    "`` ` ```",
    "<!channel> <https://evil.example|log in>",
    "[log in](https://evil.example)",
    "@everyone &lt;!here&gt;",
    "\u202Egpj.exe\u202C\u200B",
    "\uD800half",
    "\u0000\u0007\u001B[31m",
    "🚨".repeat(200),
    "a".repeat(5000),
  ),
);
const hostileAlert = fc
  .record({
    summary: hostile,
    note: fc.option(hostile, { nil: undefined }),
    account: fc.oneof(fc.constant(account), hostile),
    region: fc.oneof(fc.constant(region), hostile),
    time: fc.oneof(fc.constant(finding.time), hostile),
    id: hostile,
    detection: fc.constantFrom("backup-deleted", "table-scanned", "other"),
    tables: fc.array(hostile, { maxLength: 80 }),
    actors: fc.array(
      fc.record(
        {
          principal: hostile,
          session: hostile,
          type: hostile,
          sourceIp: hostile,
          country: hostile,
          userAgent: hostile,
          mfa: fc.boolean(),
        },
        { requiredKeys: ["principal"] },
      ),
      { maxLength: 40 },
    ),
    events: fc.array(fc.record({ id: hostile, name: hostile, time: hostile }), { maxLength: 60 }),
    count: fc.nat(),
    severity: fc.constantFrom("info" as const, "critical" as const),
  })
  .map((change) => alert(change));

describe("one line", () => {
  it("is one line, short, and holds no control, direction or half character", () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 400 }), (text, most) => {
        const line = oneLine(text, most);
        expect(line.length).toBeLessThanOrEqual(most);
        expect(line).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\n\r]/u);
      }),
    );
  });
});

describe("e-mail", () => {
  it("reads well on a phone", () => {
    expect(emailSubject(alert())).toBe(`[HIGH] Backup deleted: orders (${account} ${region})`);
    const text = emailText(alert());
    expect(text.split("\n").slice(0, 9)).toEqual([
      "[HIGH] Backup deleted",
      "> ops called DeleteBackup on table orders.",
      "",
      "Who: ops, session alice, from 192.0.2.7 (NL), without MFA, in the console",
      "What: DeleteBackup",
      "Tables: orders",
      "When: 2026-01-05 10:00:00 UTC",
      `Where: account ${account}, Region ${region}`,
      "",
    ]);
    expect(text).toContain("What to do\n1. ");
  });

  it("has a subject that SNS takes, whatever the event holds", () => {
    fc.assert(
      fc.property(hostileAlert, (each) => {
        // Amazon SNS API reference, Publish: ASCII, no line break or control character, less than 100 characters.
        expect(emailSubject(each)).toMatch(/^[\x21-\x7e][\x20-\x7e]{0,98}$/);
      }),
    );
  });

  it("has no line that an event could forge", () => {
    const ours =
      /^(\[[A-Z]+\] |> |Note: |Who: |What: |Tables: |When: |How often: |Where: |Impact$|What to do$|\d+\. |Runbook: |Alarm: |Id: |ATT&CK [\d.]+: |(Event|Events|Alarm)[^:]*:$|https:\/\/|$)/;
    const fixed = new Set(detections.flatMap(({ impact, response }) => [impact, ...response]));
    fc.assert(
      fc.property(hostileAlert, (each) => {
        const text = emailText(each);
        const lines = text.split("\n");
        for (const line of lines) if (!fixed.has(line)) expect(line).toMatch(ours);
        // As many lines as the alert has parts: none was added.
        const who = lines.filter((line) => line.startsWith("Who: "));
        expect(who).toHaveLength(Math.max(1, each.actors.length + (each.moreActors === undefined ? 0 : 1)));
        expect(lines.filter((line) => line.startsWith("Runbook: "))).toHaveLength(each.runbook === "" ? 0 : 1);
        expect(lines.filter((line) => line === "What to do")).toHaveLength(each.response.length === 0 ? 0 : 1);
        expect(text).not.toMatch(/[^\P{C}\n]/u);
      }),
    );
  });
});

describe("chat", () => {
  it("fits the schema of Amazon Q, whatever the event holds", () => {
    fc.assert(
      fc.property(hostileAlert, (each) => {
        expect(fitsChat(chatNotification(each))).toEqual([]);
      }),
    );
  });

  it.each(detections.map(({ id }) => id))("fits for %s, and shares a thread by detection", (id) => {
    const notification = chatNotification(alert({ detection: id }));
    expect(fitsChat(notification)).toEqual([]);
    expect(notification.metadata.threadId).toBe(`dynamodb-detective/${id}`);
    // What people need first is in the message, and nothing was left out for its length.
    expect(notification.content.description).toContain("*Who:* `ops` session `alice`");
    expect(notification.content.description).toMatch(/TA\d{4}/);
  });

  it("shows words of events as code only, without what Slack or Teams would read", () => {
    fc.assert(
      fc.property(hostileAlert, (each) => {
        const { description, title, nextSteps = [], keywords = [] } = chatNotification(each).content;
        expect(`${title}${description}${nextSteps.join("")}${keywords.join("")}`).not.toMatch(/[<>]/);
        for (const line of description.split("\n")) {
          expect((line.match(/`/g) ?? []).length % 2).toBe(0);
          const outside = line.replace(/`[^`]*`/g, "");
          expect(outside).not.toMatch(/evil|@everyone|\[log in\]|\*bold\*/);
        }
      }),
    );
  });
});

describe("JSON", () => {
  it("has the shape of an alert, names unchanged", () => {
    expect(JSON.parse(alertJson(alert()))).toEqual(JSON.parse(JSON.stringify(alert())));
    const odd = alert({ tables: ["a\nb"] });
    expect((JSON.parse(alertJson(odd)) as Alert).tables).toEqual(["a\nb"]);
  });

  it("says no more than a bounded number of each", () => {
    const many = Array.from({ length: 100 }, (_, i) => String(i));
    const { actors, moreActors, tables, moreTables, events } = alert({
      actors: many.map((principal) => ({ principal })),
      tables: many,
      events: many.map((id) => ({ id, name: "x", time: finding.time })),
    });
    expect([actors.length, moreActors, tables.length, moreTables, events.length]).toEqual([20, 80, 50, 50, 50]);
  });
});

describe("the message of the topic", () => {
  it("fits into SNS with a text for each kind of subscription", () => {
    fc.assert(
      fc.property(hostileAlert, (each) => {
        const message = topicMessage(each);
        expect(Buffer.byteLength(message)).toBeLessThanOrEqual(262_144);
        expect(Object.keys(JSON.parse(message))).toEqual(["default", "email", "sqs"]);
        expect(fitsChat(JSON.parse((JSON.parse(message) as { default: string }).default))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it("is made smaller where an attacker makes it large", () => {
    const long = "\u{1F6A8}".repeat(1000);
    const large = alert({
      actors: Array.from({ length: 20 }, () => ({ principal: long, session: long, userAgent: long })),
      tables: Array.from({ length: 50 }, () => long),
      events: Array.from({ length: 50 }, () => ({ id: long, name: long, time: long })),
      summary: long,
    });
    expect(Buffer.byteLength(topicMessage(large))).toBeLessThanOrEqual(262_144);
  });
});

describe("Security Hub", () => {
  it("gets a finding that fits its format, whatever the event holds", () => {
    fc.assert(
      fc.property(hostileAlert, (each) => {
        const written = securityHubFinding({ ...each, region: region }, place);
        expect(fitsFinding({ ...written, Id: written.Id || "x" })).toEqual([]);
        expect(Buffer.byteLength(JSON.stringify(written))).toBeLessThanOrEqual(240 * 1024);
      }),
    );
  });

  it.each(detections.map(({ id }) => id))("fits for %s", (id) => {
    expect(fitsFinding(securityHubFinding(alert({ detection: id }), place))).toEqual([]);
  });

  it("names the table, the caller and the account that imports", () => {
    expect(securityHubFinding(alert(), place, new Date(0))).toMatchObject({
      Id: finding.id,
      AwsAccountId: account,
      ProductArn: `arn:aws:securityhub:${region}:${account}:product/${account}/default`,
      Severity: { Label: "HIGH" },
      RecordState: "ACTIVE",
      Resources: [{ Type: "AwsDynamoDbTable", Id: `arn:aws:dynamodb:${region}:${account}:table/orders` }],
      Types: expect.arrayContaining(["Effects/Data Destruction"]),
      ProductFields: { "dynamodb-detective/Actors": "ops" },
    });
  });

  it("is told of the end: what is severe stays for a person to close", () => {
    const of = (severity: Finding["severity"]) => endOf({ ...alert({}, "ok"), severity }, ["a", "b"], place);
    expect(of("medium")).toMatchObject({ Workflow: { Status: "RESOLVED" } });
    expect(of("critical").Workflow).toBeUndefined();
    expect(of("medium").FindingIdentifiers?.map(({ Id }) => Id)).toEqual(["a", "b"]);
  });
});

describe("links", () => {
  const linksIn = (partition: string, where: string, change: Partial<Finding> = {}) =>
    linksOf(
      { ...finding, region: where, ...change },
      { place: { partition, region: where, account }, logGroup: "audit", alarm: "a b" },
    ).map(({ url }) => url);

  it.each([
    ["aws", "eu-west-1", "https://eu-west-1.console.aws.amazon.com/"],
    ["aws-cn", "cn-north-1", "https://cn-north-1.console.amazonaws.cn/"],
    ["aws-us-gov", "us-gov-west-1", "https://console.amazonaws-us-gov.com/"],
  ])("lead to the console of %s", (partition, where, start) => {
    const urls = linksIn(partition, where);
    expect(urls).toHaveLength(3);
    for (const url of urls) expect(url.startsWith(start)).toBe(true);
    expect(urls[0]).toContain(finding.events[0]!.id);
    expect(urls[2]).toContain("alarm/a%20b");
  });

  it("are none where the console is not known", () => expect(linksIn("aws-iso", "us-iso-east-1")).toEqual([]));

  it("hold no word of an event but an id that looks like one", () => {
    fc.assert(
      fc.property(hostile, hostile, (id, where) => {
        const urls = linksIn("aws", region, { events: [{ id, name: "x", time: finding.time }], region: where });
        for (const url of urls) {
          expect(url).toMatch(/^https:\/\/[a-z0-9-]+\.console\.aws\.amazon\.com\/[\x21-\x7e]+$/);
          expect(url).not.toContain("evil");
        }
      }),
    );
  });
});
