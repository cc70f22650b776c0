/** Types that deploy a template, or an application, that is kept elsewhere. */
const opaqueTypes: Readonly<Record<string, string>> = {
  "aws:cloudformation/stackInstances:StackInstances":
    "it deploys the template of a stack set, with parameters that may differ",
  "aws:cloudformation/stackSetInstance:StackSetInstance":
    "it deploys the template of a stack set, with parameters that may differ",
  "aws:servicecatalog/provisionedProduct:ProvisionedProduct": "Service Catalog keeps the template of the product",
  "AWS::ServiceCatalog::CloudFormationProvisionedProduct": "Service Catalog keeps the template of the product",
  "aws-native:servicecatalog:CloudFormationProvisionedProduct": "Service Catalog keeps the template of the product",
  "aws:serverlessrepository/cloudFormationStack:CloudFormationStack":
    "the Serverless Application Repository keeps its template",
  "AWS::Serverless::Application": "its template is kept elsewhere",
};

/** Why nothing can be said of what a type creates; undefined for types of which something can. */
export const opaqueReason = (type: string): string | undefined =>
  Object.hasOwn(opaqueTypes, type)
    ? opaqueTypes[type]
    : type.endsWith("::MODULE")
      ? "a module is kept in the registry of CloudFormation"
      : undefined;
