import { addConsumer, by, denied, event, identities, itemCall, streamArn, streamRead } from "../../support/events";
import { byAnybody } from "../callers";
import type { Corpus } from "../corpus";

const read = (change = {}) => streamRead("GetRecords", change);
/** inferred: how AWS Lambda and EventBridge Pipes sign what they read in the role of a function or pipe. */
const poller = (service: string) => ({
  ...by(identities.throughService("app/trigger", service)),
  sourceIPAddress: service,
});

export const streamReadDirectly: Corpus = {
  detection: "stream-read-directly",
  fires: {
    "records by a role": read(),
    "an iterator": streamRead("GetShardIterator"),
    "by a user": read(by(identities.user("eve"))),
  },
  quiet: {
    refused: read(denied),
    expired: read({ errorCode: "ExpiredIteratorException" }),
    "by AWS Lambda": read(poller("lambda.amazonaws.com")),
    "by EventBridge Pipes": read(poller("pipes.amazonaws.com")),
    "by DynamoDB itself": read(by(identities.service("dynamodb.amazonaws.com"))),
    "by a service-linked role": read(by(identities.autoScaling())),
    "a Kinesis data stream": read({
      eventSource: "kinesis.amazonaws.com",
      resources: [{ type: "AWS::Kinesis::Stream", ARN: "arn:aws:kinesis:us-east-1:111122223333:stream/orders" }],
    }),
    "the stream described": event("DescribeStream", { streamArn: streamArn("orders") }),
    "the table read": itemCall("GetItem"),
  },
  evasions: {
    caught: byAnybody(read),
    missed: {
      "by a function on the stream": { what: addConsumer(), limit: "A function on the stream" },
      refused: { what: read(denied), limit: "Refused reads do not count" },
    },
  },
};
