import { stringify } from "yaml";
import {
  type ComplianceRule,
  complianceRules,
  defaultRequiredTags,
  parametersLength,
  regionsWithout,
} from "../../detections/compliance";

/** Longest template that PutConformancePack takes as text, in bytes (AWS Config API Reference). */
export const templateLength = 51_200;

/**
 * The rules for tables that are deployed by default, as a template of AWS Config conformance packs, for who deploys rules so
 * and not with Pulumi. Parameters that are left empty are not set.
 */
export function conformancePack(rules: readonly ComplianceRule[] = inPack(complianceRules)): string {
  const parameters = rules.flatMap((rule) => Object.keys(rule.parameters).map((name) => [rule, name] as const));
  const template = {
    Parameters: Object.fromEntries(
      parameters.map(([rule, name]) => [
        logicalId(rule.name, "Param", name),
        {
          Type: "String",
          Default: defaultOf(rule, name),
          Description: rule.parameters[name]!.description.replaceAll("`", ""),
        },
      ]),
    ),
    Conditions: Object.fromEntries(
      parameters.map(([rule, name]) => [
        condition(rule, name),
        { "Fn::Not": [{ "Fn::Equals": ["", { Ref: logicalId(rule.name, "Param", name) }] }] },
      ]),
    ),
    Resources: Object.fromEntries(rules.map((rule) => [logicalId(rule.name), resource(rule)])),
  };
  return `${header(rules)}${stringify(template, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

/** What a pack can hold: nothing about this stack, and nothing that needs an answer first. */
function inPack(rules: readonly ComplianceRule[]): ComplianceRule[] {
  return rules.filter(({ byDefault, watches }) => byDefault && !watches);
}

function resource(rule: ComplianceRule): object {
  const { name, description, source, trigger, resourceTypes, parameters } = rule;
  const scope = trigger === "change" ? { Scope: { ComplianceResourceTypes: resourceTypes } } : {};
  const properties =
    "identifier" in source
      ? {
          Source: { Owner: "AWS", SourceIdentifier: source.identifier },
          ...(Object.keys(parameters).length > 0 && {
            InputParameters: Object.fromEntries(
              Object.keys(parameters).map((parameter) => [
                parameter,
                {
                  "Fn::If": [
                    condition(rule, parameter),
                    { Ref: logicalId(name, "Param", parameter) },
                    { Ref: "AWS::NoValue" },
                  ],
                },
              ]),
            ),
          }),
        }
      : {
          Source: {
            Owner: "CUSTOM_POLICY",
            SourceDetails: ["ConfigurationItemChangeNotification", "OversizedConfigurationItemChangeNotification"].map(
              (MessageType) => ({ EventSource: "aws.config", MessageType }),
            ),
            CustomPolicyDetails: { PolicyRuntime: "guard-2.x.x", PolicyText: source.guard({}) },
          },
        };
  return {
    Type: "AWS::Config::ConfigRule",
    Properties: { ConfigRuleName: name, Description: description, ...scope, ...properties },
  };
}

function defaultOf(rule: ComplianceRule, name: string): string {
  const tag = rule.name === "required-tags" ? /^tag(\d)Key$/.exec(name) : null;
  return tag ? (defaultRequiredTags[Number(tag[1]) - 1] ?? "") : (rule.parameters[name]!.default ?? "");
}

/** CloudFormation takes letters and digits. */
function logicalId(...parts: string[]): string {
  return parts
    .flatMap((part) => part.split("-"))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

function condition(rule: ComplianceRule, parameter: string): string {
  return logicalId("has", rule.name, parameter);
}

function header(rules: readonly ComplianceRule[]): string {
  const absent = rules
    .map((rule) => [rule.name, regionsWithout(rule)] as const)
    .filter(([, regions]) => regions.length > 0);
  const lines = [
    "AWS Config conformance pack: the rules for DynamoDB tables that are deployed by default.",
    "Generated from detections/compliance by `npm run docs`.",
    "",
    "aws configservice put-conformance-pack --conformance-pack-name dynamodb-detective --template-body file://conformance-pack.yaml",
    "",
    `Values of required tags, together with their keys, may be ${parametersLength} characters long for AWS Config.`,
    ...(absent.length === 0 ? [] : ["Take these rules out where AWS does not have them:"]),
    ...absent.map(([name, regions]) => `  ${name}: not in ${regions.join(" ")}`),
  ];
  return lines
    .map((line) => `# ${line}`.trimEnd())
    .join("\n")
    .concat("\n\n");
}
