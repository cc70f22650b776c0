import { daxCluster } from "../dax/cluster";
import { declaredPolicy } from "../declaredPolicy";
import { judge, unchanged } from "../verdict";

export const daxEncryptionAtRest = declaredPolicy({
  name: "dax-encryption-at-rest",
  description: "Checks whether DAX clusters are encrypted at rest.",
  why: "A cluster caches items of its tables on disk. It is not encrypted unless that is asked for when it is made.",
  severity: "medium",
  frameworks: [
    {
      name: "AWS Foundational Security Best Practices",
      version: "1.0.0",
      reference: "DynamoDB.3",
      specification: "DynamoDB Accelerator (DAX) clusters should be encrypted at rest",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-3",
    },
    {
      name: "AWS Config managed rules",
      reference: "DAX_ENCRYPTION_ENABLED",
      specification: "dax-encryption-enabled",
      url: "https://docs.aws.amazon.com/config/latest/developerguide/dax-encryption-enabled.html",
    },
  ],
  peers: {
    prowler: "dynamodb_accelerator_cluster_encryption_enabled",
    checkov: "CKV_AWS_47",
    trivy: "AWS-0023",
    "cdk-nag": "AwsSolutions-DDB4",
    "cfn-guard": "DAX_ENCRYPTION_ENABLED",
  },
  remediationSteps: "Set `serverSideEncryption: { enabled: true }`. The change replaces the cluster.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAXEncryptionAtRest.html",
  configuration: {},
  check: (resource) => {
    const cluster = daxCluster(resource);
    if (!cluster) return undefined;
    const { label, encryptedAtRest, ignored } = cluster;
    return [
      judge(encryptedAtRest, {
        label,
        accepts: (enabled) => enabled,
        otherwise: "is not encrypted at rest",
        write: encryptedAtRest.write(true),
      }),
      ...unchanged(label, ignored([encryptedAtRest.property]), "an existing cluster"),
    ];
  },
});
