// Proves: what key-use lists of CloudTrail files, as text and as JSON, with its exit codes. The events are AWS's documented ones
// and what follows from them (test/support/events.ts grades each shape).
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type KeyUseOptions, runKeyUse } from "../../cli/keyUse/command";
import {
  after as at,
  by,
  byDynamodb,
  denied,
  type Event,
  identities,
  itemCall,
  keyArn,
  kms,
  tableKeyUse,
} from "../support/events";

async function keyUse(events: readonly Event[] | string, options: KeyUseOptions = {}) {
  const file = join(mkdtempSync(join(tmpdir(), "key-use-")), "events.json");
  writeFileSync(file, typeof events === "string" ? events : JSON.stringify({ Records: events }));
  const written = { out: "", err: "" };
  const stream = (to: "out" | "err") => ({
    isTTY: false,
    write: (text: string) => {
      written[to] += text;
      return true;
    },
  });
  const code = await runKeyUse([file], options, { stdout: stream("out"), stderr: stream("err") });
  return { code, ...written };
}
const uses = async (events: readonly Event[], options: KeyUseOptions = {}) => {
  const { out } = await keyUse(events, { ...options, json: true });
  return out
    .trim()
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, string>);
};
const other = kms("Decrypt", null, { resources: [{ ARN: keyArn("other"), type: "AWS::KMS::Key" }] });

describe("key-use", () => {
  it("says when, what, who, from where and for which table, in order of time", async () => {
    const { code, out } = await keyUse([
      at("3", tableKeyUse("Decrypt", { ...by(identities.user("eve")), ...denied })),
      at("1", byDynamodb("Decrypt")),
      at("2", byDynamodb("GenerateDataKey", {}, "users")),
    ]);
    expect(code).toBe(0);
    expect(out.split("\n").map((line) => line.replace(/ {2,}/g, " | "))).toEqual([
      "TIME | OPERATION | REQUESTER | VIA | IP | TABLE | RESULT",
      "2026-01-05T10:01:00.000Z | Decrypt | role/ops | dynamodb.amazonaws.com | not recorded | orders | ok",
      "2026-01-05T10:02:00.000Z | GenerateDataKey | dynamodb.amazonaws.com | dynamodb.amazonaws.com | not recorded | users | ok",
      "2026-01-05T10:03:00.000Z | Decrypt | user/eve | direct | 192.0.2.7 | orders | AccessDenied",
      "",
      "3 uses of table keys in 3 events, 1 direct call",
      "",
    ]);
  });

  it("prints JSON with a summary", async () => {
    const { out } = await keyUse([byDynamodb("Decrypt"), itemCall("GetItem")], { json: true });
    const [use, summary] = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(use).toEqual({
      time: "2026-01-05T10:00:00.000Z",
      operation: "Decrypt",
      requester: "arn:aws:iam::111122223333:role/ops",
      via: "dynamodb.amazonaws.com",
      table: "orders",
      key: keyArn(),
    });
    expect(summary).toEqual({ summary: { files: 1, events: 2, invalid: 0, uses: 1 } });
  });

  it("lists direct calls on a key once DynamoDB was seen to use it, also earlier ones, and no other key's", async () => {
    const direct = [at("0", kms("Encrypt", { keyId: "x" })), at("5", kms("DisableKey"))];
    expect(await uses([...direct, other])).toEqual([]);
    const all = await uses([...direct, at("3", byDynamodb("Decrypt")), other]);
    expect(all.map(({ operation }) => operation)).toEqual(["Encrypt", "Decrypt", "DisableKey"]);
  });

  it("takes keys by their ARN", async () => {
    expect((await uses([other], { key: [keyArn("other")] })).map(({ operation }) => operation)).toEqual(["Decrypt"]);
    const { code, err } = await keyUse([], { key: ["alias/orders"] });
    expect([code, err]).toEqual([
      2,
      expect.stringContaining("--key alias/orders: not the ARN of a key. Write one like arn:aws:kms:"),
    ]);
  });

  it("tells services apart by invokedBy: another service's use of a strange key is no table's", async () => {
    const s3 = by(identities.throughService("app", "s3.amazonaws.com"));
    expect(await uses([kms("Decrypt", null, s3)])).toEqual([]);
    expect(await uses([byDynamodb("Decrypt"), kms("Decrypt", null, s3)])).toHaveLength(2);
  });

  it("reads the documented events, whose key is empty", async () => {
    const resources = [{ ARN: "", accountId: "111122223333", type: "AWS::KMS::Key" }];
    const [use] = await uses([byDynamodb("Decrypt", { resources })]);
    expect(use).not.toHaveProperty("key");
    expect(use).toMatchObject({ table: "orders" });
  });

  it("keeps to one table", async () => {
    const all = [byDynamodb("Decrypt"), byDynamodb("Decrypt", {}, "users")];
    expect((await uses(all, { table: "users" })).map(({ table }) => table)).toEqual(["users"]);
  });

  it("shows IPv6 addresses, and names of services as not recorded", async () => {
    const from = async (sourceIPAddress: unknown) =>
      (await uses([tableKeyUse("Decrypt", { sourceIPAddress } as object)]))[0]!["ip"];
    expect(await from("2001:db8::1")).toBe("2001:db8::1");
    expect(await from("AWS Internal")).toBeUndefined();
    expect(await from("dynamodb.amazonaws.com")).toBeUndefined();
    expect(await from(undefined)).toBeUndefined();
  });

  it("says so where nothing is seen, and that some input was not readable", async () => {
    expect((await keyUse([itemCall("GetItem")])).out).toBe(
      "0 uses of table keys in 1 event, 0 direct calls\n" +
        "Nothing was seen: tables under the AWS owned key make no such events, and a trail may exclude those of AWS KMS.\n",
    );
    const broken = await keyUse("no JSON at all");
    expect(broken.code).toBe(3);
    expect(broken.err).toContain("events.json:1:1");
  });

  it("replaces what a terminal would take as a command", async () => {
    const { out } = await keyUse([
      tableKeyUse("Decrypt", by({ type: "IAMUser", arn: "arn:aws:iam::1:user/\u001b[2J" })),
    ]);
    expect(out).not.toContain("\u001b");
  });
});
