// A small stack as the components register it, resolved by hand: one trail into one log group, one topic, a metric filter and
// an alarm per detection. `changed` breaks one thing in a copy.
import { deployedDetections } from "../../../components/detectionAlarms/deployed";
import { planDetections } from "../../../components/detectionAlarms/plan";
import { Names } from "../../../components/naming";
import { detectorStatements } from "../../../components/statefulDetector/permissions";
import { subscriptionPattern } from "../../../components/statefulDetector/plan";
import {
  bindOwn,
  compileDetection,
  type Detection,
  DetectionProfile,
  detectionById,
  detectionsFile,
  isStateful,
  metricsInsightsQuery,
} from "../../../detections";
import type { ResolvedResource } from "../../../simulation";
import { ownState } from "../../support/ownState";
import { account, region } from "./records";

const at = { "aws:SourceAccount": account };
const names = {
  trail: `arn:aws:cloudtrail:${region}:${account}:trail/audit`,
  logGroup: `arn:aws:logs:${region}:${account}:log-group:audit`,
  role: `arn:aws:iam::${account}:role/delivery`,
  bucket: "arn:aws:s3:::evidence",
  trailKey: `arn:aws:kms:${region}:${account}:key/trail-key`,
  topicKey: `arn:aws:kms:${region}:${account}:key/topic-key`,
  topic: `arn:aws:sns:${region}:${account}:alerts`,
};
export const arns = names;

export function resource(
  type: string,
  name: string,
  inputs: Record<string, unknown>,
  outputs: Record<string, unknown> = {},
): ResolvedResource {
  const id = String(outputs["id"] ?? outputs["arn"] ?? name);
  return { urn: `urn:pulumi:dev::test::${type}::${name}`, type, name, inputs, outputs, id, protect: false };
}

export const policy = (...statements: object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
export const allow = (service: string, action: string | string[], resource: string, condition?: object) => ({
  Effect: "Allow",
  Principal: { Service: service },
  Action: action,
  ...(resource !== "" && { Resource: resource }),
  ...(condition && { Condition: condition }),
});

const fromTrail = { StringEquals: { "aws:SourceArn": names.trail } };

/** The trail and what it needs, to the log group. */
function trail(): ResolvedResource[] {
  const cloudTrail = "cloudtrail.amazonaws.com";
  return [
    resource(
      "aws:kms/key:Key",
      "trail-key",
      {
        policy: policy(
          allow(cloudTrail, ["kms:GenerateDataKey*", "kms:DescribeKey"], "*", fromTrail),
          allow(`logs.${region}.amazonaws.com`, ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*"], "*", {
            ArnLike: { "kms:EncryptionContext:aws:logs:arn": names.logGroup },
          }),
        ),
      },
      { arn: names.trailKey, keyId: "trail-key" },
    ),
    resource("aws:s3/bucket:Bucket", "bucket", { bucket: "evidence" }, { id: "evidence", arn: names.bucket }),
    resource("aws:s3/bucketPolicy:BucketPolicy", "bucket-policy", {
      bucket: "evidence",
      policy: policy(
        allow(cloudTrail, "s3:GetBucketAcl", names.bucket, fromTrail),
        allow(cloudTrail, "s3:PutObject", `${names.bucket}/AWSLogs/${account}/*`, {
          StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": names.trail },
        }),
      ),
    }),
    resource(
      "aws:cloudwatch/logGroup:LogGroup",
      "log-group",
      { name: "audit", logGroupClass: "STANDARD", kmsKeyId: names.trailKey },
      { arn: names.logGroup, name: "audit" },
    ),
    resource(
      "aws:iam/role:Role",
      "role",
      { name: "delivery", assumeRolePolicy: policy(allow(cloudTrail, "sts:AssumeRole", "", fromTrail)) },
      { arn: names.role, name: "delivery" },
    ),
    resource("aws:iam/rolePolicy:RolePolicy", "role-policy", {
      role: "delivery",
      policy: policy({
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${names.logGroup}:log-stream:${account}_CloudTrail_${region}*`,
      }),
    }),
    resource(
      "aws:cloudtrail/trail:Trail",
      "trail",
      {
        name: "audit",
        s3BucketName: "evidence",
        kmsKeyId: names.trailKey,
        cloudWatchLogsGroupArn: `${names.logGroup}:*`,
        cloudWatchLogsRoleArn: names.role,
        isMultiRegionTrail: true,
        enableLogging: true,
        advancedEventSelectors: [
          { name: "management", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
          {
            name: "table-data",
            fieldSelectors: [
              { field: "eventCategory", equals: ["Data"] },
              { field: "resources.type", equals: ["AWS::DynamoDB::Table"] },
            ],
          },
          {
            name: "stream-data",
            fieldSelectors: [
              { field: "eventCategory", equals: ["Data"] },
              { field: "resources.type", equals: ["AWS::DynamoDB::Stream"] },
            ],
          },
        ],
      },
      { arn: names.trail },
    ),
  ];
}

/** The topic and an address. */
function channel(): ResolvedResource[] {
  const alarms = "cloudwatch.amazonaws.com";
  return [
    resource(
      "aws:kms/key:Key",
      "topic-key",
      { policy: policy(allow(alarms, ["kms:Decrypt", "kms:GenerateDataKey*"], "*", { StringEquals: at })) },
      { arn: names.topicKey, keyId: "topic-key" },
    ),
    resource("aws:sns/topic:Topic", "topic", { kmsMasterKeyId: names.topicKey }, { arn: names.topic }),
    resource("aws:sns/topicPolicy:TopicPolicy", "topic-policy", {
      arn: names.topic,
      policy: policy(
        allow(alarms, "sns:Publish", names.topic, {
          ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${region}:${account}:alarm:*` },
          StringEquals: at,
        }),
      ),
    }),
    resource("aws:sns/topicSubscription:TopicSubscription", "subscription", {
      topic: names.topic,
      protocol: "email",
      endpoint: "security@example.com",
    }),
  ];
}

const namespace = "test/detections";

/** Filters and alarm of one detection, as `DetectionAlarms` registers them. */
export function detectionAlarm(detection: Detection): ResolvedResource[] {
  const { id, alarm, severity } = detection;
  const bound = { ...detection, when: bindOwn(detection.when, own) };
  const filters = isStateful(detection) ? [] : compileDetection(bound).filters;
  const dimensions = Object.keys(filters[0]?.dimensions ?? {});
  const measured =
    dimensions.length === 0
      ? { namespace, metricName: id, statistic: "Sum", period: alarm.withinSeconds }
      : {
          metricQueries: [
            {
              id: "groups",
              expression: metricsInsightsQuery({ namespace, metricName: id, dimensions }),
              period: alarm.withinSeconds,
              returnData: true,
            },
          ],
        };
  return [
    ...filters.map(({ variant, pattern, dimensions }) =>
      resource("aws:cloudwatch/logMetricFilter:LogMetricFilter", `${id}${variant}-filter`, {
        name: `${id}${variant}-filter`,
        logGroupName: "audit",
        pattern,
        metricTransformation: { namespace, name: id, value: "1", ...(dimensions && { dimensions }) },
      }),
    ),
    resource(
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      `${id}-alarm`,
      {
        name: `test-${severity}-${id}`,
        ...measured,
        comparisonOperator: "GreaterThanThreshold",
        threshold: alarm.moreThan,
        evaluationPeriods: 1,
        treatMissingData: "notBreaching",
        alarmActions: [names.topic],
      },
      { arn: `arn:aws:cloudwatch:${region}:${account}:alarm:test-${severity}-${id}` },
    ),
  ];
}

/** What the functions of this stack call their own. */
const own = {
  tableName: ownState.tablePattern,
  roleNames: [ownState.roleName],
  namesBegin: ownState.namesBegin,
};

/** The detector with its table and its subscription, as `StatefulDetector` registers them, and an alarm per detection. */
function detector(ids: readonly string[]): ResolvedResource[] {
  const place = { partition: "aws", region, accountId: account };
  const functionArn = `arn:aws:lambda:${region}:${account}:function:detector`;
  const tableArn = `arn:aws:dynamodb:${region}:${account}:table/${ownState.tableName}`;
  const roleArn = `arn:aws:iam::${account}:role/${own.roleNames[0]}`;
  const keyArn = `arn:aws:kms:${region}:${account}:key/state`;
  const queueArn = `arn:aws:sqs:${region}:${account}:failures`;
  const plans = planDetections(
    { profile: DetectionProfile.Full, statefulDetector: true, ownState: own },
    new Names("detections", "detective", "test"),
  );
  return [
    resource("aws:dynamodb/table:Table", "state-table", { name: tableArn.split("/")[1] }, { arn: tableArn }),
    resource("aws:iam/role:Role", "detector-role", { name: own.roleNames[0] }, { arn: roleArn }),
    resource("aws:iam/rolePolicy:RolePolicy", "detector-policy", {
      role: own.roleNames[0],
      policy: policy(
        ...detectorStatements(
          { stateTableArn: tableArn, stateKeyArn: keyArn, queueArn, queueKeyArn: keyArn, findingsBusArn: "" },
          place,
        ),
      ),
    }),
    resource(
      "aws:lambda/function:Function",
      "detector-function",
      {
        name: "detector",
        role: roleArn,
        environment: {
          variables: {
            POWERTOOLS_SERVICE_NAME: "detector",
            POWERTOOLS_METRICS_NAMESPACE: namespace,
            STATE_TABLE: tableArn.split("/")[1],
          },
        },
        code: { [detectionsFile]: JSON.stringify(deployedDetections(plans).filter(({ id }) => ids.includes(id))) },
      },
      { arn: functionArn },
    ),
    resource("aws:lambda/permission:Permission", "detector-permission", {
      function: "detector",
      action: "lambda:InvokeFunction",
      principal: "logs.amazonaws.com",
      sourceArn: `${names.logGroup}:*`,
      sourceAccount: account,
    }),
    resource("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", "detector-subscription", {
      name: "detector",
      logGroup: "audit",
      filterPattern: subscriptionPattern(
        ["backup.amazonaws.com", "dynamodb.amazonaws.com", "lambda.amazonaws.com", "pipes.amazonaws.com"],
        own.roleNames,
        place,
      ),
      destinationArn: functionArn,
    }),
  ];
}

/** The stack with these detections of the catalog. */
export function stackOf(...ids: string[]): ResolvedResource[] {
  const stateful = ids.filter((id) => isStateful(detectionById(id)!));
  return [
    ...trail(),
    ...channel(),
    ...(stateful.length > 0 ? detector(stateful) : []),
    ...ids.flatMap((id) => detectionAlarm(detectionById(id)!)),
  ];
}

/** A copy in which the inputs of the resources of this name are changed; `undefined` removes the resource. */
export function changed(
  stack: readonly ResolvedResource[],
  name: string,
  change: Record<string, unknown> | undefined,
): ResolvedResource[] {
  if (!stack.some((each) => each.name === name)) throw new Error(`no resource ${name}`);
  return stack.flatMap((each) => {
    if (each.name !== name) return [each];
    if (change === undefined) return [];
    const outputs = { ...each.outputs };
    for (const key of Object.keys(change)) delete outputs[key];
    return [{ ...each, outputs, inputs: { ...each.inputs, ...change } }];
  });
}
