import { complianceRule } from "../rule";

// DynamoDB Accelerator. Config does not record clusters; these rules ask DAX once a day.

const common = [
  "ap-northeast-1",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "eu-central-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
] as const;

export const daxEncryption = complianceRule({
  name: "dax-encryption-enabled",
  description: "DAX clusters are encrypted at rest. If not: make a new cluster with serverSideEncryption.enabled.",
  source: { identifier: "DAX_ENCRYPTION_ENABLED" },
  trigger: "periodic",
  resourceTypes: ["AWS::DAX::Cluster"],
  byDefault: true,
  parameters: {},
  onlyIn: [...common, "cn-north-1", "cn-northwest-1", "eu-north-1", "eu-south-2"],
});

export const daxTls = complianceRule({
  name: "dax-tls-endpoint-encryption",
  description:
    "DAX clusters encrypt what travels to them. If not: make a new cluster with clusterEndpointEncryptionType TLS.",
  source: { identifier: "DAX_TLS_ENDPOINT_ENCRYPTION" },
  trigger: "periodic",
  resourceTypes: ["AWS::DAX::Cluster"],
  byDefault: true,
  parameters: {},
  onlyIn: common,
});
