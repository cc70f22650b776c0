import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { canaryMetric, detectionsFile } from "../../detections";
import { customerKey } from "../customerKey";
import { EvidencePolicy } from "../evidence";
import { lambdaFunction } from "../lambdaFunction";
import { Names } from "../naming";
import { placeOf } from "../policyDocument";
import type { AlertNotifierArgs } from "./args";
import { registerCanary } from "./canary";
import { registerHealthAlarms } from "./healthAlarms";
import { keyStatements, notifierStatements } from "./permissions";
import { planNotifier } from "./plan";
import { registerSources } from "./sources";

export type { AlertNotifierArgs } from "./args";

/** Throws ArgumentError for arguments that cannot be deployed. */
export function validateAlertNotifier(args: Parameters<typeof planNotifier>[0]): void {
  planNotifier(args);
}

/** Name of the role of a notifier of this name, so that its calls can be left out elsewhere. */
export const notifierRoleName = (name: string): string => new Names(name).physical("role", "function");

/**
 * A function between the alarms and people: it looks up who did what, says every event once, whichever way it came, and
 * reports new callers while an alarm lasts. Single events of high severity reach it within seconds.
 */
export class AlertNotifier extends pulumi.ComponentResource {
  /** ARN of the function. */
  public readonly functionArn: pulumi.Output<string>;
  /** Name of its role. */
  public readonly roleName: pulumi.Output<string>;
  /** Key of the function's log group. */
  public readonly keyArn: pulumi.Output<string>;
  /** Log group of the function, with one line for each alert. */
  public readonly functionLogGroupName: pulumi.Output<string>;

  /**
   * @param name Logical name; part of every physical name.
   * @param args Topics, log group, state and detections.
   * @param opts Resource options of the component.
   */
  constructor(name: string, args: AlertNotifierArgs, opts?: pulumi.ComponentResourceOptions) {
    const fastRules = planNotifier(args);
    super("dynamodb-detective:index:AlertNotifier", name, {}, opts);
    const names = new Names(name);
    const { evidence = EvidencePolicy.Retain, securityHub = false, tags } = args;
    const inside = { parent: this };
    const kept = { parent: this, retainOnDelete: evidence === EvidencePolicy.Retain };
    const place = placeOf(this);

    const logGroupPrefix = names.physical("logGroupPrefix");
    const key = customerKey(
      names,
      {
        description: `Notifier ${name}: log group`,
        statements: place.apply((at) => keyStatements(logGroupPrefix, at)),
        tags,
      },
      kept,
      inside,
    );

    const { alertTopicArn, alertKeyArn, logGroupArn, stateTableArn, stateKeyArn, findingsBusArn = "" } = args;
    const statements = pulumi
      .all([{ alertTopicArn, alertKeyArn, logGroupArn, stateTableArn, stateKeyArn, findingsBusArn }, place])
      .apply(([resources, at]) => notifierStatements({ ...resources, securityHub }, at));
    const { lambda, role, policy, logGroup } = lambdaFunction(
      names,
      {
        function: "notifier",
        description: "Tells people who did what, once",
        roleDescription: "Looks events up, remembers alerts, publishes to the alert topic, writes its log",
        statements,
        variables: {
          ALERT_TOPIC: alertTopicArn,
          ALERT_BUS: findingsBusArn,
          LOG_GROUP: args.logGroupName,
          STATE_TABLE: args.stateTableName,
          CANARY_METRIC: canaryMetric,
          SECURITY_HUB: String(securityHub),
          POWERTOOLS_METRICS_NAMESPACE: names.metricNamespace(),
          POWERTOOLS_SERVICE_NAME: "notifier",
        },
        files: { [detectionsFile]: new pulumi.asset.StringAsset(args.detections) },
        keyArn: key.arn,
        logGroupPrefix,
        memorySize: 512,
        timeout: 120,
        reservedConcurrency: args.reservedConcurrency,
        tracing: args.tracing,
        logRetentionDays: args.logRetentionDays,
        tags,
      },
      inside,
      kept,
    );
    new aws.lambda.FunctionEventInvokeConfig(
      names.child("retries"),
      {
        functionName: lambda.name,
        maximumRetryAttempts: 2, // the most that Lambda tries
        maximumEventAgeInSeconds: 3_600,
        // What the function cannot tell goes to people as it is: the record holds the alarm.
        destinationConfig: { onFailure: { destination: alertTopicArn } },
      },
      { ...inside, dependsOn: [policy] }, // Lambda checks that the role may use the destination.
    );
    const rules = registerSources(names, args, lambda, fastRules, inside);
    registerCanary(names, args, inside);
    registerHealthAlarms(names, args, { functionName: lambda.name, rules }, inside);

    this.functionArn = lambda.arn;
    this.roleName = role.name;
    this.keyArn = key.arn;
    this.functionLogGroupName = logGroup.name;
    this.registerOutputs({
      functionArn: this.functionArn,
      roleName: this.roleName,
      keyArn: this.keyArn,
      functionLogGroupName: this.functionLogGroupName,
    });
  }
}
