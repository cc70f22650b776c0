import { daxCluster } from "../dax/cluster";
import { declaredPolicy } from "../declaredPolicy";
import { judge, unchanged } from "../verdict";

export const daxEncryptionInTransit = declaredPolicy({
  name: "dax-encryption-in-transit",
  description: "Checks whether DAX clusters are reached over TLS.",
  why: "Without it items travel between application and cluster as plain text, to whoever listens in the network.",
  severity: "medium",
  frameworks: [
    {
      name: "AWS Foundational Security Best Practices",
      version: "1.0.0",
      reference: "DynamoDB.7",
      specification: "DynamoDB Accelerator clusters should be encrypted in transit",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-7",
    },
    {
      name: "AWS Config managed rules",
      reference: "DAX_TLS_ENDPOINT_ENCRYPTION",
      specification: "dax-tls-endpoint-encryption",
      url: "https://docs.aws.amazon.com/config/latest/developerguide/dax-tls-endpoint-encryption.html",
    },
  ],
  peers: { prowler: "dynamodb_accelerator_cluster_in_transit_encryption_enabled", checkov: "CKV_AWS_239" },
  remediationSteps: 'Set `clusterEndpointEncryptionType: "TLS"`. The change replaces the cluster.',
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAXEncryptionInTransit.html",
  configuration: {},
  check: (resource) => {
    const cluster = daxCluster(resource);
    if (!cluster) return undefined;
    const { label, endpointEncryption, ignored } = cluster;
    return [
      judge(endpointEncryption, {
        label,
        accepts: (type) => type === "TLS",
        otherwise: "is reached without TLS",
        write: endpointEncryption.write("TLS"),
      }),
      ...unchanged(label, ignored([endpointEncryption.property]), "an existing cluster"),
    ];
  },
});
