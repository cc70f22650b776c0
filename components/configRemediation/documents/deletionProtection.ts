import { automation } from "./automation";

/** AWS has no document that switches on deletion protection. */
export function deletionProtectionDocument(): object {
  return automation("Switches on deletion protection of a DynamoDB table.", [
    {
      name: "SwitchOn",
      action: "aws:executeAwsApi",
      maxAttempts: 3, // a table that is being updated refuses
      timeoutSeconds: 60,
      onFailure: "Abort",
      inputs: {
        Service: "dynamodb",
        Api: "UpdateTable",
        TableName: "{{ TableName }}",
        DeletionProtectionEnabled: true,
      },
    },
    {
      name: "Confirm",
      action: "aws:waitForAwsResourceProperty",
      timeoutSeconds: 300,
      onFailure: "Abort",
      isEnd: true,
      inputs: {
        Service: "dynamodb",
        Api: "DescribeTable",
        TableName: "{{ TableName }}",
        PropertySelector: "$.Table.DeletionProtectionEnabled",
        DesiredValues: ["true", "True"], // the documentation shows both spellings of a boolean
      },
    },
  ]);
}
