import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Engine } from "./stack";

/** A table that the account had before, with a stream. Returns the stream's ARN. */
export async function makeTable({ provider }: Engine, TableName: string): Promise<string> {
  const { TableDescription } = await provider.account.client(DynamoDBClient).send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
    }),
  );
  return TableDescription!.LatestStreamArn!;
}
