import { expect } from "vitest";
import type { AccountContents } from "../account";
import { alarmCheck, undelivered } from "./alarms";
import { type Check, type Deployed, policyOf } from "./check";
import { allow, expectStatements } from "./statements";

/** What the rules of AWS Config are about: tables and everything that matters to the account, or the stack's own things. */
const groups = ["", "-alarms", "-keys", "-topics", "-trail", "-functions"];

/** Resources by ARN or name: AWS does not say under which of them Config knows each type. */
const own: { [group: string]: (deployed: Deployed) => unknown[] } = {
  "-keys": ({ account }) => Object.keys(account.keys).flatMap((arn) => [arn, arn.split("/").pop()]),
  "-topics": ({ account }) => Object.keys(account.topics).flatMap((arn) => [arn, arn.split(":").pop()]),
  "-functions": ({ account }) =>
    Object.values(account.functions).flatMap(({ FunctionArn: arn }) => [arn, arn.split(":").pop()]),
};

/** Rules that hear AWS Config. */
const ofConfig = ({ eventRules }: AccountContents) =>
  Object.entries(eventRules).filter(([, { EventPattern = "{}" }]) =>
    (JSON.parse(EventPattern) as Partial<Pattern>).source?.includes("aws.config"),
  );

interface Pattern {
  source: string[];
  "detail-type": string[];
  detail: { configRuleName: string[]; resourceId?: unknown[]; [key: string]: unknown };
}

/** From AWS Config to the alert topic. */
export const ruleChecks: Check[] = [
  {
    what: "rules that send to a topic what the Config rules find, each of them heard once, with the queue behind them",
    holds({ account, called }) {
      const heard = ofConfig(account).flatMap(([name, { State, Targets, EventPattern }]) => {
        expect([name, State]).toEqual([name, "ENABLED"]);
        expect(Targets.map(({ Arn, DeadLetterConfig }) => [Arn, DeadLetterConfig?.Arn])).toEqual([
          [called("-alerts-alert"), called("-alerts-dead-letters")],
        ]);
        return (JSON.parse(EventPattern!) as Pattern).detail.configRuleName;
      });
      expect(heard.sort()).toEqual(Object.keys(account.configRules).sort());
    },
  },
  {
    what: "rules that hear of what does not comply, and of the stack's own things alone where others have such things too",
    holds(deployed) {
      for (const group of groups) {
        const name = deployed.called(`-rules-noncompliant${group}`).split("/").pop()!;
        const {
          source,
          "detail-type": type,
          detail,
        } = JSON.parse(deployed.account.eventRules[name]!.EventPattern!) as Pattern;
        const { configRuleName: _, resourceId, ...rest } = detail;
        expect([name, source, type, rest]).toEqual([
          name,
          ["aws.config"],
          ["Config Rules Compliance Change"],
          { messageType: ["ComplianceChangeNotification"], newEvaluationResult: { complianceType: ["NON_COMPLIANT"] } },
        ]);
        const among = own[group]?.(deployed);
        if (among) expect([...resourceId!].sort()).toEqual(among.sort());
      }
    },
  },
  {
    what: "a text that says what does not comply, with each of its values",
    holds({ account }) {
      const texts = ofConfig(account).flatMap(([, { Targets }]) => Targets);
      for (const { InputTransformer } of texts) {
        const { InputTemplate, InputPathsMap } = InputTransformer!;
        const placeholders = [...InputTemplate.matchAll(/<(\w+)>/g)].map(([, name]) => name);
        expect(placeholders.sort()).toEqual(Object.keys(InputPathsMap).sort());
        expect(Object.values(InputPathsMap)).toEqual(
          expect.arrayContaining(["$.detail.resourceId", "$.detail.configRuleName", "$.detail.awsAccountId"]),
        );
      }
    },
  },
  {
    what: "a recorder that records tables, into the evidence bucket, with AWS Config's own role",
    holds(deployed) {
      const { account, called } = deployed;
      const [recorder] = Object.values(account.configRecorders);
      expect(recorder!.Recording).toBe(true);
      expect(recorder!.recordingGroup.resourceTypes).toContain("AWS::DynamoDB::Table");
      const [channel] = Object.values(account.deliveryChannels);
      expect(channel!.s3BucketName).toBe(called("-trail-logs-bucket"));
      const [name, ...others] = serviceLinked(deployed);
      expect(others).toEqual([]);
      expect(recorder!.roleARN).toBe(account.roles[name!]!.Arn);
      expectStatements([policyOf("roles", name!, deployed)], [allow("config", "sts:AssumeRole")]);
    },
    holdsAll: { kind: "roles", names: (deployed) => serviceLinked(deployed) },
  },
  alarmCheck(
    "rules that cannot send",
    Object.fromEntries(groups.map((group) => [`-rules-noncompliant${group}-undelivered`, undelivered])),
  ),
];

const serviceLinked = ({ account }: Deployed): string[] =>
  Object.entries(account.roles).flatMap(([name, { Arn }]) => (Arn.includes(":role/aws-service-role/") ? [name] : []));
