// Proves: what the program accepts as configuration, and that each mistake is answered with key, value and remedy.
// Does not prove: how the Pulumi CLI stores values; test/cli runs the whole program with configuration files.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ArgumentError } from "../../components/argumentError";
import { checked } from "../../configuration/read";
import { scalarKeys } from "../../configuration/schema";
import { packageRoot } from "../../tools/freshness";

const refused = (written: Record<string, unknown>, secrets?: Set<string>): ArgumentError => {
  try {
    checked(written, secrets);
  } catch (error) {
    if (error instanceof ArgumentError) return error;
    throw error;
  }
  throw new Error(`accepted ${JSON.stringify(written)}`);
};

describe("configuration", () => {
  it("needs nothing", () => {
    expect(checked({})).toEqual({
      dataEvents: true,
      streamDataEvents: true,
      writeOnly: false,
      managementEvents: true,
      kmsEvents: true,
      multiRegion: true,
      logRetentionDays: 365,
      archiveAfterDays: 90,
      expireAfterDays: 0,
      evidence: "retain",
      runbookUrl: "",
      notifier: true,
      securityHub: false,
      eventBusArn: "",
      statefulDetector: true,
      countryDatabase: "",
      config: true,
      existingConfigRecorder: "",
      createConfigServiceLinkedRole: false,
    });
  });

  it("takes structured keys", () => {
    const written = {
      emails: ["security@example.com"],
      workloadPrincipals: ["arn:aws:iam::123456789012:role/orders/*"],
      detections: { "table-scanned": { threshold: 10, periodSeconds: 300 } },
      tableArns: ["arn:aws-cn:dynamodb:cn-north-1:123456789012:table/orders"],
      objectLock: { mode: "governance", days: 30 },
      requiredTags: { Owner: [], Environment: ["prod", "test"] },
      emailSeverities: ["high", "critical"],
      slack: { teamId: "T07EA123LEP", channelId: "C07EZ1ABC23" },
      pagerDuty: { integrationKey: "0123456789abcdef0123456789abcdef", serviceRegion: "eu", severities: ["critical"] },
      sqs: { severities: ["medium"] },
    };
    expect(checked(written)).toMatchObject(written);
  });

  it("takes parameters of AWS Config rules as YAML has them", () => {
    const parameters = {
      kmsKeyIds: ["one", "two"],
      accountRCUThresholdPercentage: 60,
      okActionRequired: false,
      name: "x",
    };
    expect(checked({ configRules: { rule: { parameters } } }).configRules).toEqual({
      rule: {
        parameters: {
          kmsKeyIds: "one,two",
          accountRCUThresholdPercentage: "60",
          okActionRequired: "false",
          name: "x",
        },
      },
    });
  });

  it.each([
    [
      { configRules: { "dynamodb-pitr-enabled": { paramters: {} } } },
      "configRules.dynamodb-pitr-enabled",
      'unknown key "paramters". Did you mean "parameters"? Known: enabled, parameters, scope, frequency.',
    ],
    [
      { configRules: { "dynamodb-pitr-enabled": { parameters: { days: { a: 1 } } } } },
      "configRules.dynamodb-pitr-enabled.parameters.days",
      '{"a":1} is not a text, a number, a boolean or a list.',
    ],
    [
      { configRules: { "dynamodb-pitr-enabled": { frequency: "hourly" } } },
      "configRules.dynamodb-pitr-enabled.frequency",
      '"hourly" is not one of "One_Hour", "Three_Hours",',
    ],
    [
      { remediation: { "dynamodb-pitr-enabled": { maximumAutomaticAttempts: 30 } } },
      "remediation.dynamodb-pitr-enabled.maximumAutomaticAttempts",
      "30 is not 25 or less.",
    ],
    [
      { configRecording: { recordingFrequency: "hourly" } },
      "configRecording.recordingFrequency",
      '"hourly" is not one of "continuous", "daily".',
    ],
    [{ email: ["a@b.c"] }, "email", 'unknown key "email". Did you mean "emails"? Known: emails, healthEmails,'],
    [{ emial: ["a@b.c"] }, "emial", 'unknown key "emial". Did you mean "emails"?'],
    [
      { existingTrail: { logGroupNam: "x" } },
      "existingTrail",
      'unknown key "logGroupNam". Did you mean "logGroupName"?',
    ],
    [{ streamMonitor: { tables: [{ tabelArn: "x" }] } }, "streamMonitor.tables[0]", 'Did you mean "tableArn"?'],
    [
      { emails: "a@b.c, d@e.f" },
      "emails",
      '"a@b.c, d@e.f" is not a list. Write a list: ["a@b.c","d@e.f"] in one line, or - a@b.c, - d@e.f in lines.',
    ],
    [{ tags: { Owner: 5 } }, "tags.Owner", '5 is not of type string. Write it in quotes: "5".'],
    [{ logRetentionDays: "long" }, "logRetentionDays", '"long" is not of type number.'],
    [{ logRetentionDays: 1.5 }, "logRetentionDays", "1.5 is not a whole number."],
    [{ dataEvents: "yes" }, "dataEvents", '"yes" is not of type boolean.'],
    [{ evidence: "keep" }, "evidence", '"keep" is not one of "retain", "delete".'],
    [{ emails: ["security.example.com"] }, "emails[0]", '"security.example.com" is not an e-mail address'],
    [
      { tableArns: ["orders"] },
      "tableArns[0]",
      '"orders" is not the ARN of a DynamoDB table, for example arn:aws:dynamodb:',
    ],
    [{ detections: { "table-scanned": { treshold: 1 } } }, "detections.table-scanned", 'Did you mean "threshold"?'],
    [{ detections: { x: { periodSeconds: 90 } } }, "detections.x.periodSeconds", "90 is not a multiple of 60."],
    [
      { objectLock: { mode: "strict", days: 1 } },
      "objectLock.mode",
      '"strict" is not one of "governance", "compliance".',
    ],
    [{ objectLock: { mode: "governance" } }, "objectLock.days", "is missing; it must be of type number."],
    [{ streamMonitor: { tables: [] } }, "streamMonitor.tables", "[] is not a list of at least 1."],
    [{ streamMonitor: { tables: [{ arn: "x" }] } }, "streamMonitor.tables[0]", 'unknown key "arn".'],
  ])("refuses %j", (written, key, text) => {
    const { argument, problem } = refused(written);
    expect(argument).toBe(key);
    expect(problem).toContain(text);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ emails: "hunter2" }, "the secret value is not a list. Write a list."],
    [{ emails: [86420] }, "the secret value is not of type string. Write it in quotes."],
  ])("does not print a secret value of the wrong type: %j", (written, problem) => {
    expect(refused(written, new Set(["emails"])).problem).toBe(problem);
  });

  it("does not print a secret value", () => {
    const { problem } = refused({ emails: ["hunter2"] }, new Set(["emails"]));
    expect(problem).toContain("the secret value is not an e-mail address");
    expect(problem).not.toContain("hunter2");
  });
});

describe("Pulumi.yaml", () => {
  it("declares each scalar key with type, default and description", () => {
    const { config } = parse(readFileSync(join(packageRoot, "Pulumi.yaml"), "utf8"));
    expect(config).toEqual(Object.fromEntries(scalarKeys().map(({ key, ...declaration }) => [key, declaration])));
    for (const { description, default: fallback } of scalarKeys()) {
      expect(description).toMatch(/\.$/);
      expect(fallback).toBeDefined();
    }
  });
});
