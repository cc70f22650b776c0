/** Types of CloudFormation that the pack reads: in templates, in Cloud Control, and as resources of `aws-native`. */
const readTypes = [
  "AWS::DynamoDB::Table",
  "AWS::DynamoDB::GlobalTable",
  "AWS::DAX::Cluster",
  "AWS::CloudTrail::Trail",
  "AWS::Lambda::EventSourceMapping",
  "AWS::Backup::BackupSelection",
  "AWS::CloudFormation::Stack",
  "AWS::CloudFormation::StackSet",
  "AWS::ServiceCatalog::CloudFormationProvisionedProduct",
] as const;

/** `aws-native:dynamodb:Table` for `AWS::DynamoDB::Table`. */
export function nativeToken(type: string): string {
  const [, service = "", name = ""] = type.split("::");
  return `aws-native:${service.toLowerCase()}:${name}`;
}

const byNativeToken: ReadonlyMap<string, string> = new Map(readTypes.map((type) => [nativeToken(type), type]));

/** The type of CloudFormation that a type of `aws-native` stands for, if the pack reads it. */
export const typeOfNative = (token: string): string | undefined => byNativeToken.get(token);

/**
 * A property's name as `aws-native` has it: of `SSESpecification` it makes `sseSpecification`.
 * https://github.com/pulumi/pulumi-aws-native/blob/master/provider/pkg/naming/naming.go
 */
export function nativeName(name: string): string {
  const lowered = name.replace(/[A-Z]{2,}(?=[A-Z][a-z]|$)/g, (run) => run[0] + run.slice(1).toLowerCase());
  return lowered.replace(/^[A-Z]/, (first) => first.toLowerCase());
}
