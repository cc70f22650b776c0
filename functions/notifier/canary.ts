import { randomUUID } from "node:crypto";
import {
  type CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { canaryLogStream, canarySource } from "../../detections/canary";

/** Writes a canary to the log group, as CloudTrail writes an event. */
export function canarySender(
  client: Pick<CloudWatchLogsClient, "send">,
  logGroupName: string,
  now: () => number = Date.now,
): () => Promise<void> {
  const put = async (): Promise<void> => {
    const timestamp = now();
    const eventTime = new Date(timestamp).toISOString();
    const message = JSON.stringify({
      eventSource: canarySource,
      eventName: "Canary",
      eventTime,
      eventID: randomUUID(),
    });
    await client.send(
      new PutLogEventsCommand({ logGroupName, logStreamName: canaryLogStream, logEvents: [{ timestamp, message }] }),
    );
  };
  return async () => {
    try {
      await put();
    } catch (error) {
      if ((error as { name?: unknown }).name !== "ResourceNotFoundException") throw error;
      await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName: canaryLogStream }));
      await put();
    }
  };
}
