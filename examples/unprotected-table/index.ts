import * as aws from "@pulumi/aws";

// What AWS needs to make a table, and no more. AWS accepts it; the policy pack does not.
const table = new aws.dynamodb.Table("orders", {
  billingMode: "PAY_PER_REQUEST",
  hashKey: "orderId",
  attributes: [{ name: "orderId", type: "S" }],
});

export const tableName = table.name;
