import type { DynamoDBBatchResponse, DynamoDBRecord } from "aws-lambda";

export type Handler = (records: DynamoDBRecord[]) => Promise<DynamoDBBatchResponse>;

export interface MappingSettings {
  batchSize: number;
  maximumRetryAttempts: number;
  /** Waits before a retry, in milliseconds; the argument is the number of the attempt. Undocumented: a reading. */
  pause(attempt: number): Promise<void>;
  /** After a batch that went through: deliver it once more, as "at least once" allows. */
  again(): boolean;
  /**
   * What is undocumented: whether a batch whose first record is the one that failed is halved like one whose invocation
   * failed, or tried as it is until the retries are used up and then kept whole.
   */
  halvesReported: boolean;
}

/**
 * One shard of a stream as Lambda reads it for a function that reports failed records, with bisecting (AWS Lambda Developer
 * Guide, "Configuring partial batch response with DynamoDB and Lambda" and "Retain discarded records"): records come in
 * order; those before the first failed one are done; the rest comes again; splitting a batch uses up no retry; what fails
 * to the end goes into the failure destination and the shard goes on.
 */
export class EventSourceMapping {
  /** Batches that were given up. */
  readonly destination: DynamoDBRecord[][] = [];
  invocations = 0;

  constructor(
    private readonly handler: Handler,
    private readonly settings: MappingSettings,
  ) {}

  async deliver(shard: readonly DynamoDBRecord[]): Promise<void> {
    for (let i = 0; i < shard.length; i += this.settings.batchSize) {
      const batch = shard.slice(i, i + this.settings.batchSize);
      await this.process(batch, 0);
      if (this.settings.again()) await this.process(batch, 0);
    }
  }

  private async process(batch: DynamoDBRecord[], attempt: number): Promise<void> {
    if (attempt > 0) await this.settings.pause(attempt);
    const failedAt = await this.invoke(batch);
    if (failedAt === undefined) return;
    if (failedAt > 0) return this.process(batch.slice(failedAt), attempt);
    const mayHalve = this.settings.halvesReported && batch.length > 1;
    if (mayHalve) {
      const middle = Math.ceil(batch.length / 2);
      await this.process(batch.slice(0, middle), attempt);
      return this.process(batch.slice(middle), attempt);
    }
    if (attempt < this.settings.maximumRetryAttempts) return this.process(batch, attempt + 1);
    this.destination.push(batch);
  }

  /** Index of the first record to come again; undefined where all are done. */
  private async invoke(batch: DynamoDBRecord[]): Promise<number | undefined> {
    this.invocations += 1;
    let numbers: string[];
    try {
      numbers = (await this.handler(batch)).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    } catch {
      return 0; // the whole batch failed
    }
    if (numbers.length === 0) return undefined;
    const at = numbers.map((number) => batch.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === number));
    // A number that is not of the batch: the whole batch failed (same page).
    return at.includes(-1) ? 0 : Math.min(...at);
  }
}
