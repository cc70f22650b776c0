import type { TableAdapter } from "./view";

/**
 * `aws.dynamodb.GlobalTable`: version 2017.11.29 of global tables. It joins tables that exist, one in each Region, and has
 * no property that protects any.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables.V1.html
 */
export const awsGlobalTable: TableAdapter = {
  type: "aws:dynamodb/globalTable:GlobalTable",
  view: ({ title }) => ({
    title: `Global table ${title}`,
    why: "version 2017.11.29 joins tables that exist, and says nothing of how they are protected: use replicas of aws.dynamodb.Table",
    malformed: false,
  }),
};
