/** A document of Systems Manager Automation that works on one table (Systems Manager User Guide, "Schemas, features, and examples"). */
export function automation(description: string, mainSteps: object[]): object {
  return {
    schemaVersion: "0.3",
    description,
    assumeRole: "{{ AutomationAssumeRole }}",
    parameters: {
      TableName: {
        type: "String",
        description: "Name of the table.",
        allowedPattern: "^[A-Za-z0-9_.-]{3,255}$",
      },
      AutomationAssumeRole: { type: "AWS::IAM::Role::Arn", description: "Role that does it." },
    },
    mainSteps,
  };
}
