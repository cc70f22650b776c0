import { atLeast, type EncryptionTier, encryptionTiers } from "../table/encryption";
import { tablePolicy } from "../tablePolicy";
import { compliant, mended, undecided, violation } from "../verdict";

interface EncryptionConfiguration {
  minimumTier: EncryptionTier;
}

export const encryption = tablePolicy<EncryptionConfiguration>({
  name: "dynamodb-encryption",
  description:
    "Checks whether DynamoDB tables, and each of their replicas, are encrypted with a key of the wanted tier.",
  why: "DynamoDB encrypts every table. The tier of the key decides who can see its use in CloudTrail (not with a key that AWS owns) and who can restrict or revoke it (only with a customer managed key).",
  severity: "medium",
  frameworks: [
    {
      name: "AWS Control Tower proactive controls",
      reference: "CT.DYNAMODB.PR.2",
      specification: "Require an Amazon DynamoDB table to be encrypted at rest using an AWS KMS key",
      url: "https://docs.aws.amazon.com/controltower/latest/controlreference/dynamodb-rules.html#ct-dynamodb-pr-2-description",
    },
    {
      name: "AWS Config managed rules",
      reference: "DYNAMODB_TABLE_ENCRYPTED_KMS",
      specification: "dynamodb-table-encrypted-kms",
      url: "https://docs.aws.amazon.com/config/latest/developerguide/dynamodb-table-encrypted-kms.html",
    },
  ],
  peers: {
    prowler: "dynamodb_tables_kms_cmk_encryption_enabled",
    checkov: "CKV_AWS_119, CKV_AWS_271",
    trivy: "AWS-0025",
    "cfn-guard": "DYNAMODB_TABLE_ENCRYPTED_KMS",
    awsguard: "dynamodb-table-encryption-enabled",
  },
  remediationSteps:
    "For the AWS managed key set `serverSideEncryption: { enabled: true }` on the table. For a customer managed key add `kmsKeyArn` there, and a `kmsKeyArn` of its own Region on each entry of `replicas` and each `TableReplica`. A table changes in place; a new key replaces a replica.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html",
  configuration: {
    minimumTier: {
      type: "string",
      enum: encryptionTiers,
      default: "aws-managed",
      description:
        "The weakest tier that passes. `aws-owned`: everything does. `aws-managed`: the key alias/aws/dynamodb or a customer managed one. `customer-managed`: a key of your own. A key ARN that is not known before deployment passes `aws-managed` and is undecided for `customer-managed`: it may be a key made in the same program, or the AWS managed key looked up. One that is known is taken for a key of your own, an alias that begins with alias/aws/ is not.",
    },
  },
  properties: ({ encryption }, { minimumTier }) => (minimumTier === "aws-owned" ? [] : [encryption.property]),
  // No policy can make a customer managed key.
  mend: ({ encryption: { flag } }, { minimumTier }) => (minimumTier === "aws-owned" || !flag ? [] : mended(flag, true)),
  check: ({ label, encryption }, { minimumTier }) => {
    const { tier, openBecause } = encryption;
    const write = encryption.write(minimumTier);
    if ("state" in tier) return [violation(`${label}: ${tier.problem}, set ${write}.`)];
    if (atLeast(tier.lowest, minimumTier)) return [compliant];
    if (atLeast(tier.highest, minimumTier)) {
      return [undecided(`${label} must have encryption tier ${minimumTier} or better: ${openBecause}, use ${write}.`)];
    }
    const found = tier.lowest === tier.highest ? tier.lowest : `${tier.highest} at best`;
    return [violation(`${label} has encryption tier ${found} where ${minimumTier} is wanted: set ${write}.`)];
  },
});
