import { automation } from "./automation";

/** Adds the tags whose keys the table lacks. A tag that is there keeps its value, also one that the rule does not allow. */
const script = `import boto3


def add_missing_tags(events, context):
    dynamodb = boto3.client("dynamodb")
    arn = dynamodb.describe_table(TableName=events["TableName"])["Table"]["TableArn"]
    pages = dynamodb.get_paginator("list_tags_of_resource").paginate(ResourceArn=arn)
    present = {tag["Key"] for page in pages for tag in page["Tags"]}
    missing = [tag for tag in events["Tags"] if tag["Key"] not in present]
    if missing:
        dynamodb.tag_resource(ResourceArn=arn, Tags=missing)
    return {"Added": [tag["Key"] for tag in missing]}
`;

/** AWS has no document that adds tags to a table and keeps those that it has. */
export function missingTagsDocument(tags: { [key: string]: string }): object {
  return automation("Adds the tags that a DynamoDB table lacks.", [
    {
      name: "AddMissingTags",
      action: "aws:executeScript",
      timeoutSeconds: 60,
      onFailure: "Abort",
      isEnd: true,
      inputs: {
        Runtime: "python3.11",
        Handler: "add_missing_tags",
        Script: script,
        InputPayload: {
          TableName: "{{ TableName }}",
          Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        },
      },
      outputs: [{ Name: "Added", Selector: "$.Payload.Added", Type: "StringList" }],
    },
  ]);
}
