import type { RemediationAction } from "../../detections/compliance";
import { domainOf, type Place, type PolicyStatement } from "../policyDocument";
import { deletionProtectionDocument } from "./documents/deletionProtection";
import { missingTagsDocument } from "./documents/missingTags";

export type ActionName = RemediationAction;

/** What an action needs to know, once it is known. */
export interface ActionInput {
  /** ARNs of the tables that may be changed. */
  tableArns: string[];
  place: Place;
  kmsKeyArn?: string;
  missingTags?: { [key: string]: string };
}

/** What mends a table: a document of Systems Manager Automation, and what its role may do. */
export interface Action {
  /** Argument that only this action has. */
  needs?: "kmsKeyArn" | "missingTags";
  /** AWS's document, or the content of one of ours. Both take `TableName` and `AutomationAssumeRole`. */
  document: { name: string } | { content: (input: Pick<ActionInput, "missingTags">) => object };
  /** Further parameters of the document. */
  parameters?: (input: Pick<ActionInput, "kmsKeyArn">) => { [name: string]: string };
  statements: (input: ActionInput) => PolicyStatement[];
}

/** Source of AWS's documents and their permissions: AWS Systems Manager Automation runbook reference. */
export const actions: { [name in ActionName]: Action } = {
  "point-in-time-recovery": {
    document: { name: "AWSConfigRemediation-EnablePITRForDynamoDbTable" },
    statements: ({ tableArns }) => [
      allow("Recovery", ["dynamodb:DescribeContinuousBackups", "dynamodb:UpdateContinuousBackups"], tableArns),
    ],
  },
  encryption: {
    needs: "kmsKeyArn",
    document: { name: "AWSConfigRemediation-EnableEncryptionOnDynamoDbTable" },
    parameters: ({ kmsKeyArn }) => ({ KMSKeyId: kmsKeyArn! }),
    statements: ({ tableArns, kmsKeyArn, place }) => [
      allow("Encryption", ["dynamodb:DescribeTable", "dynamodb:UpdateTable"], tableArns),
      {
        // What DynamoDB does with the key in the caller's name (Amazon DynamoDB Developer Guide, "Encryption at rest usage notes").
        ...allow(
          "KeyThroughDynamoDb",
          [
            "kms:CreateGrant",
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:GenerateDataKey*",
            "kms:ReEncrypt*",
          ],
          [kmsKeyArn!],
        ),
        Condition: { StringEquals: { "kms:ViaService": `dynamodb.${place.region}.${domainOf(place.partition)}` } },
      },
    ],
  },
  "deletion-protection": {
    document: { content: deletionProtectionDocument },
    // DynamoDB has no condition that would narrow UpdateTable to deletion protection.
    statements: ({ tableArns }) => [allow("Protection", ["dynamodb:DescribeTable", "dynamodb:UpdateTable"], tableArns)],
  },
  tags: {
    needs: "missingTags",
    document: { content: ({ missingTags }) => missingTagsDocument(missingTags!) },
    statements: ({ tableArns, missingTags }) => [
      allow("Look", ["dynamodb:DescribeTable", "dynamodb:ListTagsOfResource"], tableArns),
      {
        ...allow("Tag", ["dynamodb:TagResource"], tableArns),
        Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": Object.keys(missingTags!) } },
      },
    ],
  },
};

function allow(Sid: string, Action: string[], Resource: string[]): PolicyStatement {
  return { Sid, Effect: "Allow", Action, Resource };
}
