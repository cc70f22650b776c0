// Proves: that an emulator's copy of AWS's list knows every managed rule of the catalog, with these parameters, this trigger and
// these Regions, and takes each rule; and that the script of our own document adds tags and changes none. Does not prove: that AWS
// takes them, nor anything of the custom policies, which no emulator takes (`npm run test:guard` judges them).
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { missingTagsDocument } from "../../../components/configRemediation/documents/missingTags";
import { type ComplianceRule, complianceRules, isAvailable, type RuleParameter } from "../../../detections/compliance";
import { packageRoot } from "../../../tools/freshness";

interface Constraint {
  regions: string;
  required: string[];
  parameters: string[];
  trigger: string;
}
interface Answer {
  answers: { [rule: string]: string | null };
  constraints: { [identifier: string]: Constraint };
  added: { Added: string[] }[];
  tags: { [key: string]: string };
}

const managed = complianceRules.flatMap((rule) =>
  "identifier" in rule.source ? [[rule.name, rule, rule.source.identifier] as const] : [],
);
const samples: { [type in RuleParameter["type"]]: string } = {
  text: "text",
  integer: "7",
  number: "7.5",
  boolean: "true",
  list: "one,two",
};
const withEveryParameter = ({ name, description, trigger, resourceTypes, parameters }: ComplianceRule, id: string) => ({
  ConfigRuleName: name,
  Description: description,
  Source: { Owner: "AWS", SourceIdentifier: id },
  ...(trigger === "change" && { Scope: { ComplianceResourceTypes: resourceTypes } }),
  InputParameters: JSON.stringify(
    Object.fromEntries(Object.entries(parameters).map(([key, { type }]) => [key, samples[type]])),
  ),
});

let answer: Answer;
beforeAll(() => {
  const { mainSteps } = missingTagsDocument({ Owner: "unknown", Environment: "unknown" }) as {
    mainSteps: { inputs: { Script: string; InputPayload: object } }[];
  };
  const { Script, InputPayload } = mainSteps[0]!.inputs;
  const run = { ...InputPayload, TableName: "orders" };
  const input = {
    rules: [
      ...managed.map(([, rule, identifier]) => withEveryParameter(rule, identifier)),
      // What the emulator is to refuse, so that its yes means something.
      {
        ...withEveryParameter(managed[0]![1], "DYNAMODB_PITR_ENABLED"),
        ConfigRuleName: "misspelt",
        InputParameters: '{"recoveryDays":"7"}',
      },
    ],
    script: Script,
    runs: [run, run],
  };
  const script = join(packageRoot, "test/e2e/reader/config_rules.py");
  answer = JSON.parse(
    execFileSync(inject("python"), [script], { input: JSON.stringify(input), encoding: "utf8", timeout: 60_000 }),
  );
});

describe.each(managed)("%s", (name, rule, identifier) => {
  it("is taken with every parameter", () => {
    expect(answer.answers[name]).toBeNull();
  });

  it("has AWS's parameters and trigger", () => {
    const { parameters, trigger } = answer.constraints[identifier]!;
    expect(Object.keys(rule.parameters).sort()).toEqual([...parameters].sort());
    expect(trigger).toBe(rule.trigger === "change" ? "Configuration changes" : "Periodic");
  });

  it("has every parameter that AWS requires", () => {
    const required = Object.entries(rule.parameters).flatMap(([key, parameter]) => (parameter.required ? [key] : []));
    expect(required).toEqual(expect.arrayContaining(answer.constraints[identifier]!.required));
  });

  it("has AWS's Regions", () => {
    const { regions } = answer.constraints[identifier]!;
    const only = regions.startsWith("Only available in");
    const list = regions
      .replace(/^(All supported AWS regions( except)?|Only available in)/, "")
      .replace(/ Region$/, "");
    const places = list.split(", ").map((place) => place.trim());
    for (const place of places) if (place !== "") expect(regionNames).toHaveProperty([place]);
    for (const [place, region] of Object.entries(regionNames)) {
      expect({ region, available: isAvailable(rule, region) }).toEqual({
        region,
        available: places.includes(place) === only,
      });
    }
  });
});

it("the emulator refuses a parameter that is none", () => {
  expect(answer.answers["misspelt"]).toMatch(/Unknown parameters/);
});

it("the script of our document adds what is missing, once, and changes nothing", () => {
  expect(answer.added).toEqual([{ Added: ["Environment"] }, { Added: [] }]);
  expect(answer.tags).toEqual({ Owner: "orders", Environment: "unknown" });
});

/** AWS General Reference, "AWS Config endpoints". */
const regionNames: { [place: string]: string } = {
  "AWS GovCloud (US-East)": "us-gov-east-1",
  "AWS GovCloud (US-West)": "us-gov-west-1",
  "Africa (Cape Town)": "af-south-1",
  "Asia Pacific (Hong Kong)": "ap-east-1",
  "Asia Pacific (Hyderabad)": "ap-south-2",
  "Asia Pacific (Jakarta)": "ap-southeast-3",
  "Asia Pacific (Malaysia)": "ap-southeast-5",
  "Asia Pacific (Melbourne)": "ap-southeast-4",
  "Asia Pacific (Mumbai)": "ap-south-1",
  "Asia Pacific (New Zealand)": "ap-southeast-6",
  "Asia Pacific (Osaka)": "ap-northeast-3",
  "Asia Pacific (Seoul)": "ap-northeast-2",
  "Asia Pacific (Singapore)": "ap-southeast-1",
  "Asia Pacific (Sydney)": "ap-southeast-2",
  "Asia Pacific (Taipei)": "ap-east-2",
  "Asia Pacific (Thailand)": "ap-southeast-7",
  "Asia Pacific (Tokyo)": "ap-northeast-1",
  "Canada (Central)": "ca-central-1",
  "Canada West (Calgary)": "ca-west-1",
  "China (Beijing)": "cn-north-1",
  "China (Ningxia)": "cn-northwest-1",
  "Europe (Frankfurt)": "eu-central-1",
  "Europe (Ireland)": "eu-west-1",
  "Europe (London)": "eu-west-2",
  "Europe (Milan)": "eu-south-1",
  "Europe (Paris)": "eu-west-3",
  "Europe (Spain)": "eu-south-2",
  "Europe (Stockholm)": "eu-north-1",
  "Europe (Zurich)": "eu-central-2",
  "Israel (Tel Aviv)": "il-central-1",
  "Mexico (Central)": "mx-central-1",
  "Middle East (Bahrain)": "me-south-1",
  "Middle East (UAE)": "me-central-1",
  "South America (Sao Paulo)": "sa-east-1",
  "US East (N. Virginia)": "us-east-1",
  "US East (Ohio)": "us-east-2",
  "US West (N. California)": "us-west-1",
  "US West (Oregon)": "us-west-2",
};
