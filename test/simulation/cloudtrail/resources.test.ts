// Proves: which resources an event selector takes: by type, by ARN, of several resources, of tables and of their streams.
// Does not prove: AWS's answer for events with several resources (reading several-resources).
import { describe, expect, it } from "vitest";
import { advancedSelectors, basicSelectors } from "../../../simulation/cloudtrail/selectors";
import { data, management, tableArn } from "../support/records";

const table = (name: string) => ({ type: "AWS::DynamoDB::Table", ARN: tableArn(name) });
const stream = (name: string) => ({ type: "AWS::DynamoDB::Stream", ARN: `${tableArn(name)}/stream/2026` });
const object = { type: "AWS::S3::Object", ARN: "arn:aws:s3:::bucket/key" };
const on = (...resources: object[]) => data("GetItem", "0", { resources });

describe("advanced", () => {
  const takes = (type: string, arns: object = {}) =>
    advancedSelectors("trail", [
      {
        fieldSelectors: [
          { field: "eventCategory", equals: ["Data"] },
          { field: "resources.type", equals: [type] },
          ...(Object.keys(arns).length > 0 ? [{ field: "resources.ARN", ...arns }] : []),
        ],
      },
    ]);

  it("of tables: streams too, where their ARN is taken", () => {
    const ofOrders = takes("AWS::DynamoDB::Table", { startsWiths: [tableArn("orders")] });
    expect([on(table("orders")), on(stream("orders")), on(table("users")), on(stream("users"))].map(ofOrders)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it("of streams: streams only, of objects: objects only", () => {
    expect([on(table("orders")), on(stream("orders")), on(object)].map(takes("AWS::DynamoDB::Stream"))).toEqual([
      false,
      true,
      false,
    ]);
    expect([on(table("orders")), on(stream("orders")), on(object)].map(takes("AWS::S3::Object"))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it("one of several resources is enough, if it meets every condition itself", () => {
    const ofOrders = takes("AWS::DynamoDB::Table", { equals: [tableArn("orders")] });
    expect(ofOrders(on(table("users"), table("orders")))).toBe(true);
    expect(ofOrders(on(table("users"), { type: "x", ARN: tableArn("orders") }))).toBe(false);
  });

  it("an event without caller meets a negative condition on the caller", () => {
    const notApp = advancedSelectors("trail", [
      {
        fieldSelectors: [
          { field: "eventCategory", equals: ["Management"] },
          { field: "userIdentity.arn", notEquals: ["app"] },
        ],
      },
    ]);
    expect(notApp(management("DeleteTable", "0", { userIdentity: null }))).toBe(true);
  });
});

describe("basic", () => {
  const takes = (type: string, ...values: string[]) => basicSelectors([{ dataResources: [{ type, values }] }]);
  const tables = (...values: string[]) => takes("AWS::DynamoDB::Table", ...values);

  it("an ARN of a table, with what is under it, and not a longer name", () => {
    const ofOrders = tables(tableArn("orders"));
    const index = { type: "AWS::DynamoDB::Table", ARN: `${tableArn("orders")}/index/i` };
    expect([on(table("orders")), on(index), on(table("orders-old")), on(stream("orders"))].map(ofOrders)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it("one of several values, for one of several resources", () => {
    const two = tables(tableArn("orders"), tableArn("users"));
    expect([on(table("orders")), on(table("users")), on(table("a"), table("users")), on(table("a"))].map(two)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it("the service's ARN: all tables, those too that the event does not name", () => {
    const all = tables("arn:aws:dynamodb");
    expect([on(table("orders")), on(), on({ ...table("orders"), ARN: "arn:aws:dynamodbx:a" })].map(all)).toEqual([
      true,
      true,
      false,
    ]);
    expect(on(table("orders")) && tables("arn:aws:s3")(on(table("orders")))).toBe(false);
  });

  it("an ARN of a bucket: what begins with it", () => {
    const prefix = takes("AWS::S3::Object", "arn:aws:s3:::bucket/ke");
    expect([on(object), on({ ...object, ARN: "arn:aws:s3:::other/bucket/ke" })].map(prefix)).toEqual([true, false]);
  });

  it("neither network activity nor insights", () => {
    const all = basicSelectors([{}]);
    expect(
      [management("GetItem", "0"), management("GetItem", "0", { eventCategory: "NetworkActivity" })].map(all),
    ).toEqual([true, false]);
    expect(all(on(table("orders")))).toBe(false);
  });
});
