import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { StateDocument } from "./document";
import type { RuleState } from "./rules";
import type { StateStore } from "./store";

/** Most keys in one BatchGetItem (DynamoDB API reference). */
const keysPerRead = 100;
/** Attempts for keys that DynamoDB left unprocessed. */
const maxReads = 5;

/** Sort key of a document, and of when a detection began to learn. */
const documentSort = "state";
const learningSort = "learning";

/** Documents in the state table: `pk`, `sk`, `version`, `state` as JSON, `expiresAt` in seconds for time to live. */
export class DynamoStore implements StateStore {
  constructor(
    private readonly client: Pick<DynamoDBClient, "send">,
    private readonly table: string,
    private readonly pause = (attempt: number) => new Promise<void>((done) => setTimeout(done, 50 * 2 ** attempt)),
  ) {}

  async read(keys: readonly string[]): Promise<{ documents: Map<string, StateDocument>; unread: string[] }> {
    const documents = new Map<string, StateDocument>();
    const unread: string[] = [];
    for (let i = 0; i < keys.length; i += keysPerRead) {
      unread.push(...(await this.readSome(keys.slice(i, i + keysPerRead), documents)));
    }
    return { documents, unread };
  }

  /** Reads at most 100 keys. Returns those that DynamoDB left unprocessed to the end. */
  private async readSome(keys: readonly string[], into: Map<string, StateDocument>): Promise<string[]> {
    let open = keys.map((key) => ({ pk: { S: key }, sk: { S: documentSort } }) as Record<string, AttributeValue>);
    for (let attempt = 1; open.length > 0 && attempt <= maxReads; attempt++) {
      if (attempt > 1) await this.pause(attempt);
      const { Responses, UnprocessedKeys } = await this.client.send(
        new BatchGetItemCommand({ RequestItems: { [this.table]: { Keys: open, ConsistentRead: true } } }),
      );
      for (const item of Responses?.[this.table] ?? []) {
        const document = toDocument(item);
        if (document) into.set(document.key, document);
      }
      open = UnprocessedKeys?.[this.table]?.Keys ?? [];
    }
    return open.map(({ pk }) => pk?.S ?? "");
  }

  async write({ key, version, state, expiresAt }: StateDocument): Promise<boolean> {
    return this.conditionally({
      TableName: this.table,
      Item: {
        pk: { S: key },
        sk: { S: documentSort },
        version: { N: String(version + 1) },
        state: { S: JSON.stringify(state) },
        expiresAt: { N: String(Math.ceil(expiresAt / 1000)) },
      },
      ...(version === 0
        ? { ConditionExpression: "attribute_not_exists(pk)" }
        : {
            ConditionExpression: "#version = :version",
            ExpressionAttributeNames: { "#version": "version" },
            ExpressionAttributeValues: { ":version": { N: String(version) } },
          }),
    });
  }

  async learningSince(detection: string, now: number): Promise<number> {
    const Key = { pk: { S: `detector#${detection}` }, sk: { S: learningSort } };
    const read = async () => {
      const { Item } = await this.client.send(new GetItemCommand({ TableName: this.table, Key, ConsistentRead: true }));
      const since = Number(Item?.["since"]?.N);
      return Item === undefined || !Number.isFinite(since) ? undefined : since;
    };
    const known = await read();
    if (known !== undefined) return known;
    const isFirst = await this.conditionally({
      TableName: this.table,
      Item: { ...Key, since: { N: String(now) } },
      ConditionExpression: "attribute_not_exists(pk)",
    });
    return isFirst ? now : ((await read()) ?? now);
  }

  private async conditionally(input: ConstructorParameters<typeof PutItemCommand>[0]): Promise<boolean> {
    try {
      await this.client.send(new PutItemCommand(input));
      return true;
    } catch (error) {
      // By name too: the runtime's SDK and the one that a test uses are two.
      if (error instanceof ConditionalCheckFailedException || named(error) === "ConditionalCheckFailedException") {
        return false;
      }
      throw error;
    }
  }
}

const named = (error: unknown): string => (error instanceof Error ? error.name : "");

/** A state that cannot be read is none: its version still guards the write that replaces it. */
function toDocument(item: Record<string, AttributeValue>): StateDocument | undefined {
  const key = item["pk"]?.S;
  const version = Number(item["version"]?.N);
  if (key === undefined || !Number.isInteger(version)) return undefined;
  const state = parsed(item["state"]?.S);
  const expiresAt = state === undefined ? 0 : Number(item["expiresAt"]?.N ?? 0) * 1000;
  return { key, version, expiresAt, ...(state !== undefined && { state }) };
}

function parsed(text: string | undefined): RuleState | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return typeof value === "object" && value !== null ? (value as RuleState) : undefined;
  } catch {
    return undefined;
  }
}
