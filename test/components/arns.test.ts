// Proves: which ARNs are taken and refused, alike by components and by configuration, and what is read from them.
// Does not prove: that what an ARN names exists.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { email } from "../../components/alertChannel/email";
import { type ArnShape, arns, readArn } from "../../components/arns";
import { checked } from "../../configuration/read";
import { packageRoot } from "../../tools/freshness";

const shapes = Object.entries<ArnShape>(arns);
const table = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders";

it.each(shapes)("%s takes its own example, in every partition", (_, shape) => {
  for (const partition of ["aws", "aws-cn", "aws-us-gov", "aws-iso-b"]) {
    expect(() => readArn("x", shape, shape.example.replace("arn:aws:", `arn:${partition}:`))).not.toThrow();
  }
});

it.each(shapes)("%s refuses what is none, and says what it wants", (_, shape) => {
  for (const wrong of ["", "orders", "*", shape.example.replace("arn:aws:", "arn:other:"), ` ${shape.example}`]) {
    expect(() => readArn("x", shape, wrong)).toThrow(`Write one like ${shape.example}.`);
  }
});

it.each<[string, ArnShape, string]>([
  ["an index of a table", arns.table, `${table}/index/by-date`],
  ["a stream for a table", arns.table, arns.stream.example],
  ["a table for a stream", arns.stream, table],
  ["tables", arns.table, table.replace("orders", "*")],
  ["an alias for a key", arns.key, "arn:aws:kms:eu-west-1:123456789012:alias/orders"],
  ["a group for a principal", arns.principal, "arn:aws:iam::123456789012:group/readers"],
  ["several principals where a key's policy takes one", arns.principal, "arn:aws:iam::123456789012:role/readers/*"],
  ["a short account", arns.key, arns.key.example.replace("123456789012", "1234")],
])("refuses %s", (_, shape, written) => {
  expect(() => readArn("x", shape, written)).toThrow(`is not the ARN of ${shape.what}.`);
});

it("reads Region and name", () => {
  expect(readArn("x", arns.table, table)).toMatchObject({ region: "eu-west-1", name: "orders" });
  expect(readArn("x", arns.stream, arns.stream.example)).toMatchObject({ region: "eu-west-1", name: "orders" });
  expect(readArn("x", arns.function, `${arns.function.example}:live`)).toMatchObject({ name: "audit" });
});

describe("configuration", () => {
  const tables = (one: Record<string, string>) => ({ streamMonitor: { tables: [one] } });
  it.each<[string, ArnShape, (arn: string) => Record<string, unknown>]>([
    ["tableArns[0]", arns.table, (arn) => ({ tableArns: [arn] })],
    ["keyReaderArns[0]", arns.principal, (arn) => ({ keyReaderArns: [arn] })],
    ["workloadPrincipals[0]", arns.principals, (arn) => ({ workloadPrincipals: [arn] })],
    ["existingTrail.trailArn", arns.trail, (trailArn) => ({ existingTrail: { logGroupName: "g", trailArn } })],
    ["streamMonitor.tables[0].tableArn", arns.table, (tableArn) => tables({ tableArn })],
    ["streamMonitor.tables[0].streamArn", arns.stream, (streamArn) => tables({ streamArn })],
    ["streamMonitor.tables[0].keyArn", arns.key, (keyArn) => tables({ keyArn })],
    [
      "streamMonitor.functionArn",
      arns.function,
      (functionArn) => ({ streamMonitor: { tables: [{ tableArn: table }], functionArn } }),
    ],
  ])("wants at %s what the component wants", (key, { what, example }, written) => {
    expect(() => checked(written(example))).not.toThrow();
    expect(() => checked(written("arn:aws:s3:::bucket"))).toThrow(
      `${key}: "arn:aws:s3:::bucket" is not the ARN of ${what}, for example ${example}.`,
    );
  });

  it.each(["ops@localhost", "a@b.example,c@d.example", "Ops <ops@example.com>"])(
    "refuses %s as the component does",
    (address) => {
      expect(email.pattern.test(address)).toBe(false);
      for (const key of ["emails", "healthEmails"]) {
        expect(() => checked({ [key]: [address] })).toThrow(`${key}[0]: `);
      }
    },
  );

  it("has no pattern of its own for ARNs and addresses", () => {
    const folder = join(packageRoot, "configuration");
    for (const file of readdirSync(folder)) {
      expect(readFileSync(join(folder, file), "utf8")).not.toMatch(/\/\^?arn:|@\[/);
    }
  });
});
