import { createHash } from "node:crypto";
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import type { AlertState, Claims, OpenAlarm, Said, Settling } from "./state";

/** Milliseconds for which a claim keeps others away. */
export const leaseMs = 120_000;
/** Milliseconds for which it is known what was alerted. CloudTrail delivers within minutes; a retry may take hours. */
const rememberedMs = 7 * 24 * 60 * 60_000;
/** Milliseconds after which an alarm of whose end nobody told is forgotten, counted from the last look at it. */
const openMs = 24 * 60 * 60_000;
const concurrency = 20;
/** Pages of one Query: each has 1 MB, some thousand items. */
const maxPages = 5;

const alarmsKey = "alert#alarms";
const partitionOf = (detection: string): string => itemKey(detection, "")["pk"]!.S!;

type Item = Record<string, AttributeValue>;

/** The notifier's part of the state table: keys `alert#…`, with `expiresAt` in seconds for time to live. */
export class DynamoAlertState implements AlertState {
  constructor(
    private readonly client: Pick<DynamoDBClient, "send">,
    private readonly table: string,
    private readonly now: () => number = Date.now,
  ) {}

  async claim(detection: string, keys: readonly string[], owner: string): Promise<Claims> {
    const claims: Claims = { won: [], done: [], held: [] };
    await inParallel([...new Set(keys)], async (key) => {
      const known = await this.put(detection, key, owner);
      if (known === undefined) claims.won.push(key);
      else if (known["status"]?.S === "done") claims.done.push({ key, finding: known["finding"]?.S ?? "" });
      else claims.held.push(key);
    });
    // In the order that was asked for, whatever came first.
    const place = new Map(keys.map((key, i) => [key, i]));
    claims.won.sort((a, b) => place.get(a)! - place.get(b)!);
    return claims;
  }

  /** Takes a claim. Returns what is there where it cannot be had. */
  private async put(detection: string, key: string, owner: string): Promise<Item | undefined> {
    const now = this.now();
    try {
      await this.client.send(
        new PutItemCommand({
          TableName: this.table,
          Item: {
            ...itemKey(detection, key),
            status: { S: "claimed" },
            owner: { S: owner },
            leaseUntil: { N: String(now + leaseMs) },
            expiresAt: { N: seconds(now + rememberedMs) },
          },
          // Time to live deletes late: what has expired is as good as gone.
          ConditionExpression:
            "attribute_not_exists(pk) OR expiresAt <= :seconds OR (#status = :claimed AND (leaseUntil <= :now OR #owner = :owner))",
          ExpressionAttributeNames: { "#status": "status", "#owner": "owner" },
          ExpressionAttributeValues: {
            ":seconds": { N: seconds(now) },
            ":now": { N: String(now) },
            ":claimed": { S: "claimed" },
            ":owner": { S: owner },
          },
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      return undefined;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return error.Item ?? {};
    }
  }

  async settle(
    detection: string,
    keys: readonly string[],
    owner: string,
    finding: string,
    { silently = false, tables = [] }: Settling = {},
  ): Promise<void> {
    const now = this.now();
    const expiresAt = { N: seconds(now + rememberedMs) };
    if (!silently) {
      const sk = short(`said#${new Date(now).toISOString()}#`, finding);
      await this.client.send(
        new PutItemCommand({
          TableName: this.table,
          Item: {
            pk: { S: partitionOf(detection) },
            sk: { S: sk },
            finding: { S: finding },
            tables: { L: tables.map((table) => ({ S: table })) },
            expiresAt,
          },
        }),
      );
    }
    await inParallel(keys, async (key) => {
      await this.client.send(
        new PutItemCommand({
          TableName: this.table,
          Item: {
            ...itemKey(detection, key),
            status: { S: "done" },
            owner: { S: owner },
            finding: { S: finding },
            expiresAt,
          },
        }),
      );
    });
  }

  async release(detection: string, keys: readonly string[], owner: string): Promise<void> {
    await inParallel(keys, async (key) => {
      try {
        await this.client.send(
          new DeleteItemCommand({
            TableName: this.table,
            Key: itemKey(detection, key),
            ConditionExpression: "#status = :claimed AND #owner = :owner",
            ExpressionAttributeNames: { "#status": "status", "#owner": "owner" },
            ExpressionAttributeValues: { ":claimed": { S: "claimed" }, ":owner": { S: owner } },
          }),
        );
      } catch (error) {
        if (!isRefusal(error)) throw error; // somebody else's by now
      }
    });
  }

  async said(detection: string, since: number): Promise<Said[]> {
    const items = await this.query({
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
      ExpressionAttributeValues: {
        ":pk": { S: partitionOf(detection) },
        ":from": { S: `said#${new Date(since).toISOString()}` },
        ":to": { S: "said#~" },
      },
    });
    return items.map((item) => ({
      at: Date.parse(item["sk"]?.S?.split("#")[1] ?? ""),
      finding: item["finding"]?.S ?? "",
      tables: (item["tables"]?.L ?? []).flatMap(({ S }) => S ?? []),
    }));
  }

  async openAlarms(): Promise<OpenAlarm[]> {
    const items = await this.query({
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: alarmsKey } },
    });
    return items.flatMap((item) => this.toAlarm(item) ?? []);
  }

  async openAlarm(key: string): Promise<OpenAlarm | undefined> {
    const { Item } = await this.client.send(
      new GetItemCommand({ TableName: this.table, Key: alarmKey(key), ConsistentRead: true }),
    );
    return this.toAlarm(Item);
  }

  async saveAlarm(alarm: OpenAlarm): Promise<void> {
    await this.client.send(
      new PutItemCommand({
        TableName: this.table,
        Item: {
          ...alarmKey(alarm.key),
          alarm: { S: JSON.stringify(alarm) },
          expiresAt: { N: seconds(this.now() + openMs) },
        },
      }),
    );
  }

  async closeAlarm(key: string): Promise<OpenAlarm | undefined> {
    const { Attributes } = await this.client.send(
      new DeleteItemCommand({ TableName: this.table, Key: alarmKey(key), ReturnValues: "ALL_OLD" }),
    );
    return this.toAlarm(Attributes);
  }

  private toAlarm(item: Item | undefined): OpenAlarm | undefined {
    const written = item?.["alarm"]?.S;
    if (written === undefined || Number(item?.["expiresAt"]?.N) * 1000 <= this.now()) return undefined;
    return JSON.parse(written) as OpenAlarm;
  }

  private async query(
    condition: Pick<QueryCommand["input"], "KeyConditionExpression" | "ExpressionAttributeValues">,
  ): Promise<Item[]> {
    const items: Item[] = [];
    let from: Item | undefined;
    for (let page = 0; page < maxPages; page++) {
      const { Items = [], LastEvaluatedKey } = await this.client.send(
        new QueryCommand({ TableName: this.table, ConsistentRead: true, ...condition, ExclusiveStartKey: from }),
      );
      items.push(...Items);
      from = LastEvaluatedKey;
      if (from === undefined) break;
    }
    return items;
  }
}

/** Longest key that is written out; DynamoDB takes 1,024 bytes. */
const longestKey = 900;

/** A sort key that DynamoDB takes, whatever an event or a finding calls itself. */
const short = (prefix: string, key: string): string =>
  prefix + (Buffer.byteLength(key) <= longestKey ? key : createHash("sha256").update(key).digest("hex"));

const itemKey = (detection: string, key: string): Item => ({
  pk: { S: short("alert#detection#", detection) },
  sk: { S: short("event#", key) },
});

const alarmKey = (key: string): Item => ({ pk: { S: alarmsKey }, sk: { S: short("", key) } });

const seconds = (ms: number): string => String(Math.ceil(ms / 1000));

const isRefusal = (error: unknown): error is ConditionalCheckFailedException =>
  error instanceof ConditionalCheckFailedException ||
  (error as { name?: unknown } | undefined)?.name === "ConditionalCheckFailedException";

async function inParallel<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await run(item);
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
}
