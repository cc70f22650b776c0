import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/**
 * Resources of the types that components of this package may use, with as many settings as the types have.
 *
 * @param second the same resources after a change of everything that can be changed in place.
 */
export async function allRows(second: boolean): Promise<void> {
  const either = <T>(before: T, after: T): T => (second ? after : before);
  const tags = either<{ [key: string]: string }>({ Team: "security", Old: "1" }, { Team: "audit" });
  const policy = (Service: string, Action: string, Resource: pulumi.Input<string>) =>
    pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [{ Sid: either("One", "Two"), Effect: "Allow", Principal: { Service }, Action, Resource }],
    });

  const key = new aws.kms.Key("key", { enableKeyRotation: true });
  const role = new aws.iam.Role("role", {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
    }),
  });

  const deadLetters = new aws.sqs.Queue("dead-letters", {
    kmsMasterKeyId: key.keyId,
    kmsDataKeyReusePeriodSeconds: either(300, 600),
    messageRetentionSeconds: either(1_209_600, 345_600),
    redriveAllowPolicy: JSON.stringify({ redrivePermission: "allowAll" }),
    tags,
  });
  new aws.sqs.QueuePolicy("dead-letters-policy", {
    queueUrl: deadLetters.url,
    policy: policy("sns.amazonaws.com", "sqs:SendMessage", deadLetters.arn),
  });
  const undelivered = pulumi.jsonStringify({ deadLetterTargetArn: deadLetters.arn });
  const queue = new aws.sqs.Queue("queue", {
    delaySeconds: either(5, 10),
    maxMessageSize: either(1024, 262_144),
    receiveWaitTimeSeconds: either(0, 20),
    visibilityTimeoutSeconds: either(30, 60),
    sqsManagedSseEnabled: true,
    redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: either(3, 5) }),
  });
  new aws.sqs.Queue("ordered", {
    name: "ordered.fifo",
    fifoQueue: true,
    contentBasedDeduplication: either(true, false),
    deduplicationScope: "messageGroup",
    fifoThroughputLimit: "perMessageGroupId",
  });

  const logGroup = new aws.cloudwatch.LogGroup("log", { retentionInDays: either(30, 90), tags });
  new aws.cloudwatch.LogStream("log-stream", { logGroupName: logGroup.name });
  const lambda = new aws.lambda.Function("function", {
    role: role.arn,
    runtime: "nodejs24.x",
    handler: "index.handler",
    architectures: ["arm64"],
    packageType: "Zip",
    code: new pulumi.asset.AssetArchive({
      "index.js": new pulumi.asset.StringAsset(
        either("exports.handler = async () => 1;", "exports.handler = async () => 2;"),
      ),
    }),
    description: either("first", "second"),
    memorySize: either(128, 256),
    timeout: either(10, 20),
    reservedConcurrentExecutions: either(2, 3),
    // moto does not change these two.
    ephemeralStorage: { size: 1024 },
    tracingConfig: { mode: "Active" },
    kmsKeyArn: key.arn,
    environment: { variables: { MODE: either("one", "two") } },
    deadLetterConfig: { targetArn: deadLetters.arn },
    loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
    tags,
  });
  new aws.lambda.Function("unreserved", {
    role: role.arn,
    runtime: "nodejs24.x",
    handler: "index.handler",
    code: new pulumi.asset.AssetArchive({
      "index.js": new pulumi.asset.StringAsset("exports.handler = async () => 1;"),
    }),
    ...(second ? {} : { reservedConcurrentExecutions: 1 }),
  });
  new aws.lambda.FunctionEventInvokeConfig("invocation", {
    functionName: lambda.name,
    maximumEventAgeInSeconds: either(3600, 7200),
    maximumRetryAttempts: either(1, 2),
    destinationConfig: { onFailure: { destination: deadLetters.arn } },
  });
  const topic = new aws.sns.Topic("topic", {
    displayName: either("Alerts", "Alarms"),
    kmsMasterKeyId: key.keyId,
    signatureVersion: 2,
    tags,
  });
  const callers = { sns: topic.arn, logs: pulumi.interpolate`${logGroup.arn}:*` };
  for (const [service, sourceArn] of Object.entries(callers)) {
    new aws.lambda.Permission(`${service}-invokes`, {
      function: lambda.name,
      action: "lambda:InvokeFunction",
      principal: `${service}.amazonaws.com`,
      sourceArn,
      sourceAccount: "123456789012",
      ...(service === "sns" && { statementId: "TopicInvokes" }),
    });
  }

  const subscribe = (protocol: string, endpoint: pulumi.Input<string>, more: object = {}) =>
    new aws.sns.TopicSubscription(protocol, {
      topic: topic.arn,
      protocol,
      endpoint,
      redrivePolicy: undelivered,
      ...more,
    });
  subscribe("email", "security@example.com", {
    filterPolicy: JSON.stringify({ severity: either(["high"], ["high", "low"]) }),
  });
  subscribe("https", "https://events.example.com/integration/0/enqueue", {
    endpointAutoConfirms: true,
    deliveryPolicy: JSON.stringify({ healthyRetryPolicy: { numRetries: either(3, 5) } }),
  });
  subscribe("sqs", queue.arn, {
    rawMessageDelivery: either(true, false),
    filterPolicyScope: either("MessageAttributes", "MessageBody"),
    filterPolicy: JSON.stringify({ source: [either("one", "two")] }),
  });
  subscribe("lambda", lambda.arn);
  subscribe("sms", "+15555550100");
  subscribe("firehose", "arn:aws:firehose:us-east-1:123456789012:deliverystream/alerts", {
    subscriptionRoleArn: role.arn,
  });

  new aws.cloudwatch.LogSubscriptionFilter("log-filter", {
    logGroup: logGroup.name,
    filterPattern: either('{ $.eventSource = "dynamodb.amazonaws.com" }', ""),
    destinationArn: lambda.arn,
    distribution: "Random",
  });

  const bus = new aws.cloudwatch.EventBus("bus", {
    description: either("first", "second"),
    kmsKeyIdentifier: key.arn,
    deadLetterConfig: { arn: deadLetters.arn },
    tags,
  });
  new aws.cloudwatch.EventBusPolicy("bus-policy", {
    eventBusName: bus.name,
    policy: policy("events.amazonaws.com", "events:PutEvents", bus.arn),
  });
  for (const [name, eventBusName] of [
    ["rule", bus.name],
    ["default-rule", undefined],
  ] as const) {
    const rule = new aws.cloudwatch.EventRule(name, {
      ...(eventBusName && { eventBusName }),
      description: either("first", "second"),
      eventPattern: JSON.stringify({ source: ["aws.dynamodb"] }),
      state: either("ENABLED", "DISABLED"),
      tags,
    });
    new aws.cloudwatch.EventTarget(`${name}-target`, {
      rule: rule.name,
      ...(eventBusName && { eventBusName }),
      arn: queue.arn,
      inputPath: either("$.detail", "$"),
      retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: either(10, 20) },
      deadLetterConfig: { arn: deadLetters.arn },
    });
  }

  const group = new aws.scheduler.ScheduleGroup("schedules", { tags });
  new aws.scheduler.Schedule("schedule", {
    groupName: group.name,
    description: either("first", "second"),
    scheduleExpression: either("rate(1 day)", "cron(0 6 * * ? *)"),
    scheduleExpressionTimezone: "Europe/Vienna",
    flexibleTimeWindow: { mode: "FLEXIBLE", maximumWindowInMinutes: either(15, 30) },
    state: "ENABLED",
    kmsKeyArn: key.arn,
    target: {
      arn: lambda.arn,
      roleArn: role.arn,
      input: JSON.stringify({ drill: either(1, 2) }),
      retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: either(3, 5) },
      deadLetterConfig: { arn: deadLetters.arn },
    },
  });
  new aws.scheduler.Schedule("once", {
    scheduleExpression: "at(2030-01-01T00:00:00)",
    flexibleTimeWindow: { mode: "OFF" },
    actionAfterCompletion: "DELETE",
    target: { arn: queue.arn, roleArn: role.arn },
  });

  new aws.dynamodb.Table("table", {
    billingMode: "PAY_PER_REQUEST",
    hashKey: "id",
    rangeKey: "at",
    attributes: ["id", "at", "kind"].map((name) => ({ name, type: "S" })),
    globalSecondaryIndexes: [{ name: "by-kind", hashKey: "kind", rangeKey: "at", projectionType: "ALL" }],
    localSecondaryIndexes: [
      { name: "by-kind-of-id", rangeKey: "kind", projectionType: "INCLUDE", nonKeyAttributes: ["at"] },
    ],
    ttl: { enabled: true, attributeName: either("expiresAt", "deletedAt") },
    streamEnabled: true,
    streamViewType: "NEW_AND_OLD_IMAGES", // moto has one stream in the life of a table
    pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: either(7, 35) },
    serverSideEncryption: { enabled: true, kmsKeyArn: key.arn },
    deletionProtectionEnabled: either(true, false),
    tableClass: "STANDARD_INFREQUENT_ACCESS",
    tags: { ...tags, Security: "high", Confidentiality: "internal", Environment: "test" },
  });
  new aws.ssm.Parameter("parameter", {
    name: "/detective/salt",
    type: "SecureString",
    keyId: key.arn,
    value: pulumi.secret(either("pepper", "paprika")),
    description: either("first", "second"),
    tags,
  });
  new aws.ssm.Parameter("plain", {
    type: "String",
    insecureValue: either("a", "b"),
    tier: "Advanced",
    allowedPattern: "^[a-z]$",
  });

  const chat = { iamRoleArn: role.arn, snsTopicArns: [topic.arn], loggingLevel: either("ERROR", "INFO") };
  new aws.chatbot.SlackChannelConfiguration("slack", {
    ...chat,
    configurationName: "slack",
    slackTeamId: "T0123456789",
    slackChannelId: "C0123456789",
  });
  new aws.chatbot.TeamsChannelConfiguration("teams", {
    ...chat,
    configurationName: "teams",
    teamId: "11111111-1111-4111-8111-111111111111",
    tenantId: "22222222-2222-4222-8222-222222222222",
    channelId: "19:channel@thread.tacv2",
    channelName: "alerts",
  });
}
