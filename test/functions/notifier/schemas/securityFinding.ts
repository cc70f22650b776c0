/**
 * AWS Security Finding Format as far as the notifier writes it: required attributes (Security Hub user guide, "Required
 * top-level ASFF attributes"), lengths (partner guide, "Guidelines for mapping findings into ASFF"), at most 32 resources
 * ("Resources ASFF object"), product fields of at most 50 pairs ("ProductFields"), severity labels ("Severity").
 */
const timestamp = { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z$" };
export const securityFindingSchema = {
  type: "object",
  required: [
    "AwsAccountId",
    "CreatedAt",
    "Description",
    "GeneratorId",
    "Id",
    "ProductArn",
    "Resources",
    "SchemaVersion",
    "Severity",
    "Title",
    "Types",
    "UpdatedAt",
  ],
  additionalProperties: false,
  properties: {
    SchemaVersion: { const: "2018-10-08" },
    Id: { type: "string", minLength: 1, maxLength: 512 },
    ProductArn: {
      type: "string",
      pattern: "^arn:(aws|aws-cn|aws-us-gov):securityhub:[a-z0-9-]+:(\\d{12}):product/\\d{12}/default$",
    },
    ProductName: { type: "string", minLength: 1, maxLength: 128 },
    GeneratorId: { type: "string", minLength: 1, maxLength: 512 },
    AwsAccountId: { type: "string", pattern: "^\\d{12}$" },
    Types: {
      type: "array",
      minItems: 1,
      maxItems: 50,
      items: {
        type: "string",
        pattern:
          "^(Software and Configuration Checks|TTPs|Effects|Unusual Behaviors|Sensitive Data Identifications)(/[^/]+){0,2}$",
      },
    },
    CreatedAt: timestamp,
    UpdatedAt: timestamp,
    Severity: {
      type: "object",
      required: ["Label"],
      additionalProperties: false,
      properties: { Label: { enum: ["INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL"] } },
    },
    Title: { type: "string", minLength: 1, maxLength: 256 },
    Description: { type: "string", minLength: 1, maxLength: 1024 },
    RecordState: { enum: ["ACTIVE", "ARCHIVED"] },
    Remediation: {
      type: "object",
      additionalProperties: false,
      properties: {
        Recommendation: {
          type: "object",
          additionalProperties: false,
          properties: {
            Text: { type: "string", minLength: 1, maxLength: 512 },
            Url: { type: "string", pattern: "^https://" },
          },
        },
      },
    },
    ProductFields: {
      type: "object",
      maxProperties: 50,
      propertyNames: { maxLength: 128 },
      additionalProperties: { type: "string", minLength: 1, maxLength: 2048 },
    },
    Resources: {
      type: "array",
      minItems: 1,
      maxItems: 32,
      items: {
        type: "object",
        required: ["Type", "Id"],
        additionalProperties: false,
        properties: {
          Type: { enum: ["AwsDynamoDbTable", "AwsAccount"] },
          Id: { type: "string", minLength: 1, maxLength: 512 },
          Partition: { enum: ["aws", "aws-cn", "aws-us-gov"] },
          Region: { type: "string", minLength: 1, maxLength: 16 },
        },
      },
    },
  },
} as const;
