import { shown } from "../../wording";
import { ArgumentError } from "../argumentError";

/** Tables, and what this project deploys to watch them: who weakens one of those is seen too. */
export const defaultResourceTypes = [
  "AWS::DynamoDB::Table",
  "AWS::CloudTrail::Trail",
  "AWS::CloudWatch::Alarm",
  "AWS::Events::Rule",
  "AWS::KMS::Key",
  "AWS::Lambda::Function",
  "AWS::S3::Bucket",
  "AWS::SNS::Topic",
  "AWS::SQS::Queue",
];

/** Types to record. Throws ArgumentError for what Config cannot record or what leaves tables out. */
export function checkResourceTypes(types: string[]): void {
  for (const [i, type] of types.entries()) {
    const argument = `resourceTypes[${i}]`;
    if (type === "AWS::DynamoDB::GlobalTable") {
      throw new ArgumentError(
        argument,
        `Config does not record ${type}. Write AWS::DynamoDB::Table: a replica is recorded as a table, in its own Region.`,
      );
    }
    if (!/^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/.test(type)) {
      throw new ArgumentError(argument, `${shown(type)} is no resource type. Write one like AWS::DynamoDB::Table.`);
    }
  }
  if (!types.includes("AWS::DynamoDB::Table")) {
    throw new ArgumentError("resourceTypes", "lacks AWS::DynamoDB::Table, which the rules for tables need. Add it.");
  }
}
