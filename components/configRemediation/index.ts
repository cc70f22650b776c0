import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { tableType } from "../../detections/compliance";
import { Names } from "../naming";
import { type Place, placeOf, policyDocument } from "../policyDocument";
import { type Action, type ActionInput, type ActionName, actions } from "./actions";
import type { ConfigRemediationArgs } from "./args";
import { validateRemediation } from "./validate";

export type { ConfigRemediationArgs, RemediationSettingsArgs } from "./args";
export { validateRemediation } from "./validate";

/** What mends the tables that fail an AWS Config rule, with a role that can do that and nothing else. */
export class ConfigRemediation extends pulumi.ComponentResource {
  /** Role with which tables are changed. */
  public readonly roleArn: pulumi.Output<string>;
  /** Document of Systems Manager Automation that is run. */
  public readonly documentName: pulumi.Output<string>;

  /**
   * @param name Logical name; part of every physical name.
   * @param args What is done, for which rules, and within which bounds.
   * @param opts Resource options of the component.
   */
  constructor(name: string, args: ConfigRemediationArgs, opts?: pulumi.ComponentResourceOptions) {
    const names = new Names(name);
    validateRemediation(args);
    super("dynamodb-detective:index:ConfigRemediation", name, {}, opts);
    const action = actions[args.action as ActionName];

    const { role, policy } = this.role(names, args, action);
    const documentName = this.document(names, args, action);
    const further = pulumi.output(args.kmsKeyArn).apply((kmsKeyArn) => action.parameters?.({ kmsKeyArn }) ?? {});
    for (const [key, configRuleName] of Object.entries(args.configRuleNames)) {
      new aws.cfg.RemediationConfiguration(
        names.child(key),
        {
          configRuleName,
          resourceType: tableType,
          targetType: "SSM_DOCUMENT",
          targetId: documentName,
          parameters: pulumi
            .all([role.arn, further])
            .apply(([roleArn, others]) => [
              { name: "AutomationAssumeRole", staticValue: roleArn },
              { name: "TableName", resourceValue: "RESOURCE_ID" },
              ...Object.entries(others).map(([parameter, staticValue]) => ({ name: parameter, staticValue })),
            ]),
          automatic: args.automatic ?? false,
          // AWS takes the bounds of attempts with automatic remediation only.
          ...(args.automatic && {
            maximumAutomaticAttempts: args.maximumAutomaticAttempts ?? 3,
            retryAttemptSeconds: args.retryAttemptSeconds ?? 600,
          }),
          executionControls: {
            ssmControls: {
              concurrentExecutionRatePercentage: args.concurrentExecutionPercentage ?? 10,
              errorPercentage: args.errorPercentage ?? 10,
            },
          },
        },
        { parent: this, dependsOn: [policy] },
      );
    }

    this.roleArn = role.arn;
    this.documentName = documentName;
    this.registerOutputs({ roleArn: this.roleArn, documentName: this.documentName });
  }

  private role(names: Names, args: ConfigRemediationArgs, { statements }: Action) {
    const place = placeOf(this);
    const role = new aws.iam.Role(
      names.child("role"),
      {
        name: names.physical("role"),
        description: `Mends DynamoDB tables: ${args.action}`,
        assumeRolePolicy: place.apply((at) => policyDocument([trust(at)])),
        tags: args.tags,
      },
      { parent: this },
    );
    const input = pulumi.all([place, pulumi.output(args.kmsKeyArn)]).apply(([at, kmsKeyArn]): ActionInput => {
      const arn = (table: string) => `arn:${at.partition}:dynamodb:${at.region}:${at.accountId}:table/${table}`;
      // Without names, any table of the Region may come to fail.
      return { place: at, kmsKeyArn, missingTags: args.missingTags, tableArns: (args.tableNames ?? ["*"]).map(arn) };
    });
    const policy = new aws.iam.RolePolicy(
      names.child("permissions"),
      { name: "remediation", role: role.name, policy: input.apply((known) => policyDocument(statements(known))) },
      { parent: this },
    );
    return { role, policy };
  }

  private document(names: Names, args: ConfigRemediationArgs, { document }: Action): pulumi.Output<string> {
    if ("name" in document) return pulumi.output(document.name);
    return new aws.ssm.Document(
      names.child("document"),
      {
        name: names.physical("ssmDocument"),
        documentType: "Automation",
        documentFormat: "JSON",
        targetType: "/AWS::DynamoDB::Table",
        content: JSON.stringify(document.content(args)),
        tags: args.tags,
      },
      { parent: this },
    ).name;
  }
}

/** Systems Manager User Guide, "Create a service role for Automation": only executions of this account. */
function trust({ partition, region, accountId }: Place) {
  return {
    Sid: "Automation",
    Effect: "Allow" as const,
    Principal: { Service: "ssm.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": `arn:${partition}:ssm:${region}:${accountId}:automation-execution/*` },
    },
  };
}
