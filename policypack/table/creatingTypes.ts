/** Every way to create a table that the pack reads, for the pack's page. */
export const creatingTypes: readonly { type: string; covers: string }[] = [
  {
    type: "aws:dynamodb/table:Table",
    covers: "`aws.dynamodb.Table`, with each entry of `replicas`; restored and imported tables too",
  },
  { type: "aws:dynamodb/tableReplica:TableReplica", covers: "`aws.dynamodb.TableReplica`" },
  {
    type: "aws:dynamodb/globalTable:GlobalTable",
    covers: "`aws.dynamodb.GlobalTable` (version 2017.11.29): undecided, as it says nothing of protection",
  },
  { type: "aws-native:dynamodb:Table", covers: "`aws-native.dynamodb.Table`" },
  { type: "aws-native:dynamodb:GlobalTable", covers: "`aws-native.dynamodb.GlobalTable`, each entry of `replicas`" },
  { type: "aws:cloudcontrol/resource:Resource", covers: "Cloud Control: `desiredState`, by its `typeName`" },
  { type: "aws-native:index:ExtensionResource", covers: "extension resources: `properties`, by their `type`" },
  {
    type: "aws:cloudformation/stack:Stack",
    covers: "a CloudFormation stack: the resources in `templateBody`, in JSON or YAML, SAM's tables too",
  },
  { type: "aws:cloudformation/stackSet:StackSet", covers: "a stack set: likewise" },
  { type: "aws-native:cloudformation:Stack", covers: "likewise" },
  { type: "aws-native:cloudformation:StackSet", covers: "likewise" },
  {
    type: "aws:cloudformation/stackInstances:StackInstances",
    covers: "instances of a stack set: undecided, as their parameters may differ",
  },
  { type: "aws:cloudformation/stackSetInstance:StackSetInstance", covers: "likewise" },
  {
    type: "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
    covers: "Service Catalog: undecided, as it takes templates by URL only",
  },
  { type: "aws-native:servicecatalog:CloudFormationProvisionedProduct", covers: "likewise" },
  {
    type: "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
    covers: "the Serverless Application Repository: undecided",
  },
  { type: "pulumi-nodejs:dynamic:Resource", covers: "dynamic providers, and any other type, by `tableTypes`" },
];
