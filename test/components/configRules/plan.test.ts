// Proves: what the planners promise for any settings: every wanted rule once, within AWS's limits, and every verdict on a rule
// of ours heard once. Does not prove: that AWS counts the same way.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ConfigRulesArgs, EvaluationFrequency, type RequiredTagArgs } from "../../../components/configRules/args";
import { noncompliantPattern, planNotifications, resourceIds } from "../../../components/configRules/notification";
import { planRules, refusedIn } from "../../../components/configRules/plan";
import { planTags } from "../../../components/configRules/requiredTags";
import { Names } from "../../../components/naming";
import { complianceRules, isAvailable, knownRegions } from "../../../detections/compliance";

const names = (stack = "test") => new Names("config-rules", "detective", stack);
const everything = {
  trailArn: "t",
  trailBucketName: "b",
  logGroupName: "g",
  logGroupArn: "g",
  alarmNamePrefixes: ["a"],
  keyArns: ["k"],
  topicArns: ["s"],
  functionArns: ["f"],
};
const required: Record<string, Record<string, string>> = {
  "dynamodb-replica-regions": { regions: "eu-west-1" },
  "dynamodb-meets-restore-time-target": { maxRestoreTime: "60" },
  "cloudwatch-alarm-settings-check": { metricName: "deletions" },
  "lambda-function-settings-check": { runtime: "nodejs24.x" },
};
const table = fc.string({ unit: fc.constantFrom("a", "B", "7", "-", "_"), minLength: 3, maxLength: 255 });

/** Settings of any rules, each valid for its rule. */
const settings: fc.Arbitrary<ConfigRulesArgs> = fc
  .tuple(
    fc.constantFrom(undefined, ...knownRegions, "xx-north-9"),
    fc.subarray([...complianceRules]),
    fc.uniqueArray(table, { minLength: 1, maxLength: 30 }),
    fc.boolean(),
  )
  .map(([region, configured, tables, watched]) => ({
    region,
    watched: watched ? everything : undefined,
    rules: Object.fromEntries(
      configured
        .filter(({ watches }) => watched || !watches)
        .map((rule, i) => {
          const parameters = required[rule.name];
          if (rule.trigger === "periodic") return [rule.name, { parameters, frequency: EvaluationFrequency.OneHour }];
          if (i % 3 === 0) return [rule.name, { enabled: false }];
          const scope = rule.watches || i % 3 === 1 ? undefined : { tables };
          return [rule.name, { parameters, scope }];
        }),
    ),
  }));

describe("planRules", () => {
  it("plans what is wanted and to be had, once, with names that AWS takes", () => {
    fc.assert(
      fc.property(settings, (args) => {
        const { rules, leftOut } = planRules(args, names());
        const wanted = complianceRules.filter(({ name, byDefault, watches }) => {
          const written = args.rules?.[name];
          return written ? written.enabled !== false : byDefault && (!watches || args.watched !== undefined);
        });
        const had = (rule: (typeof complianceRules)[number]) =>
          args.region === undefined || isAvailable(rule, args.region) !== false;
        expect([...new Set(rules.map(({ rule }) => rule.name))]).toEqual(wanted.filter(had).map(({ name }) => name));
        expect(leftOut).toEqual(wanted.filter((rule) => !had(rule)));
        for (const part of ["key", "physicalName"] as const) {
          expect(new Set(rules.map((rule) => rule[part])).size).toBe(rules.length);
        }
        for (const { physicalName, rule, scope, frequency } of rules) {
          expect(physicalName).toMatch(/^[A-Za-z0-9_-]{1,128}$/);
          expect(scope === undefined).toBe(rule.trigger === "periodic");
          if (rule.trigger === "change") expect(frequency).toBeUndefined();
        }
      }),
    );
  });

  it("hears of every rule in one event rule, each within EventBridge's limit", () => {
    fc.assert(
      fc.property(settings, (args) => {
        const { rules } = planRules(args, names());
        const notifications = planNotifications(rules);
        expect([...new Set(notifications.flatMap(({ ruleNames }) => ruleNames))].sort()).toEqual(
          rules.map(({ physicalName }) => physicalName).sort(),
        );
        expect(new Set(notifications.map(({ key }) => key)).size).toBe(notifications.length);
        for (const { ruleNames } of notifications) {
          expect(noncompliantPattern(ruleNames).length).toBeLessThanOrEqual(2048);
        }
      }),
    );
  });

  it("hears of every part of the stack, however many and however long their ids", () => {
    const id = fc.string({ unit: fc.constantFrom("a", "B", "7", "-"), minLength: 1, maxLength: 120 });
    const place = { partition: "aws-us-gov", region: "us-gov-west-1", accountId: "111122223333" };
    fc.assert(
      fc.property(fc.uniqueArray(id, { minLength: 1, maxLength: 40 }), (ids) => {
        const topicArns = ids.map((name) => `arn:aws-us-gov:sns:us-gov-west-1:111122223333:${name}`);
        const watched = { alarmNamePrefixes: ids, topicArns };
        const notifications = planNotifications(planRules({ watched }, names()).rules);
        for (const [part, given] of [["alarms", ids] as const, ["topics", topicArns] as const]) {
          const heard = notifications.flatMap(({ only }) => (only?.part === part ? only.ids : []));
          expect(heard).toEqual(given);
        }
        for (const { ruleNames, only } of notifications) {
          const pattern = noncompliantPattern(ruleNames, only && resourceIds(only.part, only.ids as string[], place));
          expect(pattern.length).toBeLessThanOrEqual(2048);
        }
      }),
    );
  });

  it("says which rules a Region lacks, and what is not known of a Region", () => {
    const notes = (region: string | undefined) => planRules({ region }, names()).notes;
    expect(notes("eu-central-1")).toEqual([]);
    expect(notes("ap-east-2")).toEqual([
      "AWS Config rules that AWS does not have in ap-east-2 are left out: dynamodb-table-deletion-protection-enabled, " +
        "dax-encryption-enabled, dax-tls-endpoint-encryption.",
    ]);
    expect(notes("xx-north-9")).toEqual([
      expect.stringMatching(
        /^AWS Config rules that not every Region has are deployed, since xx-north-9 is none of the/,
      ),
    ]);
    expect(notes(undefined)).toEqual([]);
    const unaware = planRules({}, names()).rules;
    expect(refusedIn("eu-central-1", unaware)).toBeUndefined();
    expect(refusedIn("xx-north-9", unaware)).toBeUndefined();
    expect(refusedIn("ca-west-1", unaware)).toBe(
      "AWS does not have these AWS Config rules in ca-west-1 and will refuse them: dax-encryption-enabled, " +
        "dax-tls-endpoint-encryption. Set aws:region, or the argument region, to ca-west-1: they are left out then.",
    );
  });

  it("deploys a rule in the Regions of its scope only", () => {
    const planned = (region: string) =>
      planRules({ region, rules: { "dynamodb-pitr-enabled": { scope: { regions: ["eu-west-1"] } } } }, names())
        .rules.map(({ key }) => key)
        .includes("dynamodb-pitr-enabled");
    expect([planned("eu-west-1"), planned("eu-west-2")]).toEqual([true, false]);
    expect(() =>
      planRules({ rules: { "dynamodb-pitr-enabled": { scope: { regions: ["eu-west-1"] } } } }, names()),
    ).toThrow(/^rules\.dynamodb-pitr-enabled\.scope\.regions: needs the Region of the rules/);
  });

  it("gives two stacks no rule name in common", () => {
    const plan = (stack: string) =>
      planRules({ watched: everything }, names(stack)).rules.map((rule) => rule.physicalName);
    expect(plan("test").filter((name) => plan("prod").includes(name))).toEqual([]);
  });
});

describe("resourceIds", () => {
  const place = { partition: "aws-cn", region: "cn-north-1", accountId: "111122223333" };

  it("knows a resource by ARN and by what the ARN ends with", () => {
    expect(resourceIds("functions", ["arn:aws-cn:lambda:cn-north-1:111122223333:function:monitor"], place)).toEqual([
      "arn:aws-cn:lambda:cn-north-1:111122223333:function:monitor",
      "monitor",
    ]);
  });

  it("knows alarms by the beginning of their names, in the partition", () => {
    expect(resourceIds("alarms", ["ours-"], place)).toEqual([
      { prefix: "ours-" },
      { prefix: "arn:aws-cn:cloudwatch:cn-north-1:111122223333:alarm:ours-" },
    ]);
  });
});

describe("planTags", () => {
  const tag = fc.record<RequiredTagArgs>({
    key: fc.string({ unit: fc.constantFrom("a", "B", "9", "-"), minLength: 1, maxLength: 128 }),
    allowedValues: fc.array(fc.string({ unit: fc.constantFrom("x", "Y", "0"), minLength: 1, maxLength: 100 }), {
      maxLength: 6,
    }),
  });
  const tags = fc.uniqueArray(tag, { selector: ({ key }) => key, minLength: 1, maxLength: 50 });

  it("keeps every tag, in order, within six keys and 1,024 characters a rule", () => {
    fc.assert(
      fc.property(tags, (given) => {
        const rules = planTags(given);
        for (const rule of rules) {
          const input = Object.fromEntries(Object.entries(rule).map(([key, values]) => [key, values.join(",")]));
          expect(JSON.stringify(input).length).toBeLessThanOrEqual(1024);
          expect(Object.keys(rule).every((key) => /^tag[1-6](Key|Value)$/.test(key))).toBe(true);
        }
        const kept = rules.flatMap((rule) =>
          [1, 2, 3, 4, 5, 6].flatMap((n) => {
            const key = rule[`tag${n}Key`]?.[0];
            return key === undefined ? [] : [{ key, allowedValues: rule[`tag${n}Value`] ?? [] }];
          }),
        );
        expect(kept).toEqual(given);
      }),
    );
  });
});
