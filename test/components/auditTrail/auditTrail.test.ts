// Proves: the exact children of an audit trail and their inputs, what a destroy keeps, what adopting a trail registers,
// and which arguments are refused before anything is registered. Policies have their own test; here only their wiring
// is looked at. Does not prove: that AWS accepts trail, policies and selectors.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { ArgumentError } from "../../../components/argumentError";
import { AuditTrail, type AuditTrailArgs, ObjectLockMode, validateAuditTrail } from "../../../components/auditTrail";
import {
  bucketStatements,
  deliveryRoleStatements,
  keyStatements,
  type TrailPlace,
  trustStatements,
} from "../../../components/auditTrail/policies";
import { planSelectors } from "../../../components/auditTrail/selectors";
import { checkTableArn } from "../../../components/auditTrail/validate";
import { EvidencePolicy } from "../../../components/evidence";
import { account, type Deployment, deploy, randomSuffix, refused, region, resolved, unknown } from "../support/mocks";

const trailOf = (args?: AuditTrailArgs) => new AuditTrail("trail", args);
const tableArn = (table: string, at = region) => `arn:aws:dynamodb:${at}:${account}:table/${table}`;
const healthTopicArn = `arn:aws:sns:${region}:${account}:health`;
const keyArn = `arn:aws:kms:${region}:${account}:key/trail-key-id`;
const bucketName = `detective-test-trail-dmmc7m-logs-${randomSuffix}`;
const logGroupName = `detective-test-trail-dmmc7m-${randomSuffix}`;
const logGroupArn = `arn:aws:logs:${region}:${account}:log-group:${logGroupName}`;
const place: TrailPlace = {
  partition: "aws",
  region,
  accountId: account,
  trailName: "detective-test-trail-dmmc7m",
  logGroupPrefix: "detective-test-trail-dmmc7m-",
};
const document = (Statement: unknown) => JSON.stringify({ Version: "2012-10-17", Statement });
const everything = {
  managementEvents: true,
  kmsEvents: true,
  dataEvents: true,
  streamDataEvents: true,
  writeOnly: false,
};

describe("AuditTrail", () => {
  it("registers exactly these children and inputs", async () => {
    const tags = { team: "security" };
    const deployment = await deploy(() => trailOf({ healthTopicArn, tags }));
    const direct = deployment.resources.filter(({ options }) => options.parent === "trail");
    const kept = { parent: "trail", retainOnDelete: true };
    expect(direct).toEqual([
      {
        type: "aws:kms/key:Key",
        name: "trail-key",
        inputs: {
          description: "Audit trail detective-test-trail-dmmc7m: evidence bucket and log group",
          enableKeyRotation: true,
          deletionWindowInDays: 30,
          policy: document(keyStatements(place, { readerArns: [], configDelivery: true })),
          tags,
        },
        options: kept,
      },
      {
        type: "aws:kms/alias:Alias",
        name: "trail-alias",
        inputs: { name: "alias/detective-test-trail-dmmc7m-evidence", targetKeyId: "trail-key-id" },
        options: { parent: "trail" },
      },
      {
        type: "dynamodb-detective:index:SecureBucket",
        name: "trail-logs",
        inputs: {},
        options: { parent: "trail" },
      },
      {
        type: "aws:cloudwatch/logGroup:LogGroup",
        name: "trail-log-group",
        inputs: {
          namePrefix: "detective-test-trail-dmmc7m-",
          logGroupClass: "STANDARD",
          retentionInDays: 365,
          kmsKeyId: keyArn,
          tags,
        },
        options: kept,
      },
      {
        type: "aws:iam/role:Role",
        name: "trail-delivery-role",
        inputs: {
          name: "detective-test-trail-dmmc7m-delivery",
          description: "Delivers events of the trail detective-test-trail-dmmc7m to its log group",
          assumeRolePolicy: document(trustStatements()),
          tags,
        },
        options: { parent: "trail" },
      },
      {
        type: "aws:iam/rolePolicy:RolePolicy",
        name: "trail-delivery-policy",
        inputs: {
          role: "detective-test-trail-dmmc7m-delivery",
          policy: document(deliveryRoleStatements(place, logGroupName)),
        },
        options: { parent: "trail" },
      },
      {
        type: "aws:cloudtrail/trail:Trail",
        name: "trail-trail",
        inputs: {
          name: "detective-test-trail-dmmc7m",
          s3BucketName: bucketName,
          kmsKeyId: keyArn,
          cloudWatchLogsGroupArn: `${logGroupArn}:*`,
          cloudWatchLogsRoleArn: `arn:aws:iam::${account}:role/detective-test-trail-dmmc7m-delivery`,
          isMultiRegionTrail: true,
          includeGlobalServiceEvents: true,
          enableLogFileValidation: true,
          enableLogging: true,
          advancedEventSelectors: planSelectors(everything),
          tags,
        },
        options: { parent: "trail", dependsOn: ["trail-logs-policy", "trail-delivery-policy"] },
      },
      {
        type: "aws:cloudwatch/metricAlarm:MetricAlarm",
        name: "trail-log-group-silent",
        inputs: {
          name: "detective-test-trail-dmmc7m-log-group-silent",
          alarmDescription: expect.stringMatching(
            /^Detectors are blind: no CloudTrail event has reached the log group/,
          ),
          namespace: "AWS/Logs",
          metricName: "IncomingLogEvents",
          dimensions: { LogGroupName: logGroupName },
          statistic: "Sum",
          period: 3600,
          evaluationPeriods: 1,
          comparisonOperator: "LessThanThreshold",
          threshold: 1,
          treatMissingData: "breaching",
          alarmActions: [healthTopicArn],
          okActions: [healthTopicArn],
          tags,
        },
        options: { parent: "trail" },
      },
    ]);
    // The component itself, its eight children, and the two buckets: 8 resources, the inner component, 7 resources.
    expect(deployment.resources).toHaveLength(1 + 8 + 8 + 1 + 7);
  });

  it("gives the evidence bucket the trail's key, statements, archive and access logs", async () => {
    const deployment = await deploy(() => trailOf({ tags: { team: "security" } }));
    const encryption = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    expect(deployment.resource(encryption, "trail-logs-encryption").inputs.rules).toEqual([
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
        bucketKeyEnabled: true,
      },
    ]);
    const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    expect(deployment.resource(lifecycle, "trail-logs-lifecycle").inputs.rules).toMatchObject([
      { transitions: [{ days: 90, storageClass: "GLACIER_IR" }], expiration: { expiredObjectDeleteMarker: true } },
    ]);
    const { Statement } = deployment.policy("aws:s3/bucketPolicy:BucketPolicy", "trail-logs-policy");
    expect(Statement[0]?.Sid).toBe("TlsOnly");
    expect(Statement.slice(1)).toEqual(bucketStatements(`arn:aws:s3:::${bucketName}`, place, { configDelivery: true }));
    expect(deployment.ofType("aws:s3/bucketLogging:BucketLogging")).toHaveLength(1);
    expect(deployment.ofType("aws:s3/bucket:Bucket").map(({ inputs }) => inputs.tags)).toEqual([
      { team: "security" },
      { team: "security" },
    ]);
  });

  it("passes arguments on", async () => {
    const deployment = await deploy(() =>
      trailOf({
        tableArns: [tableArn("orders"), pulumi.output(tableArn("users"))],
        managementEvents: false,
        writeOnly: true,
        multiRegion: false,
        logRetentionDays: 731,
        archiveAfterDays: 0,
        expireAfterDays: 400,
        objectLock: { mode: ObjectLockMode.Governance, days: 400 },
        keyReaderArns: [pulumi.output(`arn:aws:iam::${account}:role/investigator`)],
      }),
    );
    const trail = deployment.resource("aws:cloudtrail/trail:Trail", "trail-trail").inputs;
    expect(trail.isMultiRegionTrail).toBe(false);
    expect(trail.advancedEventSelectors).toEqual(
      planSelectors({
        ...everything,
        managementEvents: false,
        writeOnly: true,
        tableArns: [tableArn("orders"), tableArn("users")],
      }),
    );
    expect(deployment.resource("aws:cloudwatch/logGroup:LogGroup", "trail-log-group").inputs.retentionInDays).toBe(731);
    const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    const rule = (deployment.resource(lifecycle, "trail-logs-lifecycle").inputs.rules as object[])[0];
    expect(rule).toMatchObject({ expiration: { days: 400 } });
    expect(rule).not.toHaveProperty("transitions");
    const readerArns = [`arn:aws:iam::${account}:role/investigator`];
    // AWS Config cannot deliver to a bucket with a default retention, so it is not allowed to.
    expect(deployment.resource("aws:kms/key:Key", "trail-key").inputs.policy).toBe(
      document(keyStatements(place, { readerArns, configDelivery: false })),
    );
    expect(
      deployment.policy("aws:s3/bucketPolicy:BucketPolicy", "trail-logs-policy").Statement.map(({ Sid }) => Sid),
    ).toEqual(["TlsOnly", "CloudTrailChecks", "CloudTrailDelivers"]);
  });

  it("publishes what it made", async () => {
    const { result } = await deploy(() => trailOf());
    const outputs = ["trailArn", "logGroupName", "logGroupArn", "bucketName", "bucketArn", "keyArn"] as const;
    expect(await Promise.all(outputs.map((key) => resolved<string | undefined>(result[key])))).toEqual([
      `arn:aws:cloudtrail:${region}:${account}:trail/detective-test-trail-dmmc7m`,
      logGroupName,
      logGroupArn,
      bucketName,
      `arn:aws:s3:::${bucketName}`,
      keyArn,
    ]);
  });

  it("builds the trail's ARN itself: a preview knows what its policies will say", async () => {
    const { resources } = await deploy(() => trailOf(), { preview: true });
    const inputsOf = (name: string) => resources.find((resource) => resource.name === name)?.inputs;
    expect(inputsOf("trail-key")?.policy).toBe(
      document(keyStatements(place, { readerArns: [], configDelivery: true })),
    );
    expect(inputsOf("trail-trail")).toMatchObject({ s3BucketName: unknown, kmsKeyId: unknown });
    expect(inputsOf("trail-trail")?.advancedEventSelectors).toEqual(planSelectors(everything));
  });

  it("leaves only the ARNs unknown while a table of the same program is not made yet", async () => {
    const program = () => {
      const table = new aws.dynamodb.Table("orders", { attributes: [{ name: "id", type: "S" }], hashKey: "id" });
      return trailOf({ tableArns: [table.arn, tableArn("users"), table.arn] });
    };
    const selectorsIn = (deployment: Deployment<unknown>) =>
      deployment.resource("aws:cloudtrail/trail:Trail", "trail-trail").inputs.advancedEventSelectors;
    expect(selectorsIn(await deploy(program, { preview: true }))).toEqual(
      planSelectors<unknown>({ ...everything, tableArns: [unknown, tableArn("users")] }, (arn, path) =>
        arn === unknown ? unknown : `${arn}${path}`,
      ),
    );
    expect(selectorsIn(await deploy(program))).toEqual(
      planSelectors({ ...everything, tableArns: [tableArn("orders"), tableArn("users")] }),
    );
  });

  it.each([
    ["retain", EvidencePolicy.Retain, true],
    ["delete", EvidencePolicy.Delete, false],
  ])("evidence %s governs key, buckets and log group together, and nothing else", async (_, evidence, retained) => {
    const { resources } = await deploy(() => trailOf({ evidence }));
    const fate = (kept: boolean) =>
      resources
        .filter(({ type, options }) => type.startsWith("aws:") && (options.retainOnDelete ?? false) === kept)
        .map(({ name }) => name);
    const evidenceNames = resources
      .map(({ name }) => name)
      .filter((name) => /^trail-(key$|log-group$|logs-)/.test(name) && name !== "trail-logs-access");
    expect(evidenceNames).toHaveLength(2 + 15);
    expect(fate(true)).toEqual(retained ? evidenceNames : []);
  });

  it("gives what is retained a random suffix", async () => {
    const { resources } = await deploy(() => trailOf());
    for (const { type, inputs, options } of resources) {
      if (!options.retainOnDelete || type === "aws:kms/key:Key" || inputs.bucket !== undefined) continue;
      expect(inputs.name).toBeUndefined();
      expect(inputs.namePrefix ?? inputs.bucketPrefix).toMatch(/-$/);
    }
  });

  it("shares no physical name with another stack", async () => {
    const names = async (stack: string) => {
      const { resources } = await deploy(() => trailOf(), { stack });
      return resources.flatMap(({ inputs }) => [inputs.name, inputs.namePrefix, inputs.bucketPrefix].filter(Boolean));
    };
    const [dev, prod] = [await names("dev"), await names("prod")];
    expect(dev).toHaveLength(7);
    expect(dev.filter((name) => prod.includes(name))).toEqual([]);
  });

  it("writes the partition of its provider everywhere", async () => {
    const { resources } = await deploy(() => trailOf(), { partition: "aws-us-gov", region: "us-gov-west-1" });
    expect(JSON.stringify(resources)).not.toContain("arn:aws:");
  });
});

describe("an adopted trail", () => {
  it("registers nothing but the alarm on its log group", async () => {
    const existing = { logGroupName: "org-trail", trailArn: `arn:aws:cloudtrail:${region}:${account}:trail/org` };
    const { result, resources } = await deploy(() => trailOf({ existing, healthTopicArn }));
    expect(resources.map(({ type, name }) => `${type} ${name}`)).toEqual([
      "dynamodb-detective:index:AuditTrail trail",
      "aws:cloudwatch/metricAlarm:MetricAlarm trail-log-group-silent",
    ]);
    expect(resources[1]?.inputs).toMatchObject({
      dimensions: { LogGroupName: "org-trail" },
      alarmActions: [healthTopicArn],
    });
    // Coverage and quotas are read from what is registered, so it says what the trail is taken to log.
    expect(resources[0]?.inputs).toEqual({
      existing: {
        ...existing,
        managementEvents: true,
        tableDataEvents: false,
        streamDataEvents: false,
        kmsEvents: true,
        metricFilterCount: 0,
        subscriptionFilterCount: 0,
        regexCount: 0,
      },
    });
    const outputs = ["trailArn", "logGroupName", "logGroupArn", "bucketName", "bucketArn", "keyArn"] as const;
    expect(await Promise.all(outputs.map((key) => resolved<string | undefined>(result[key])))).toEqual([
      existing.trailArn,
      "org-trail",
      `arn:aws:logs:${region}:${account}:log-group:org-trail`,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("arguments", () => {
  const existing = { logGroupName: "audit" };
  const lock = { mode: ObjectLockMode.Governance, days: 30 };
  const manyTables = Array.from({ length: 200 }, (_, i) => tableArn(`table-${i}`));

  it.each<[string, AuditTrailArgs, RegExp]>([
    [
      "a table name",
      { tableArns: ["orders"] },
      /^tableArns\[0\]: "orders" is not the ARN of a DynamoDB table\. Write one like arn:/,
    ],
    [
      "an index ARN",
      { tableArns: [`${tableArn("orders")}/index/by-date`] },
      /^tableArns\[0\]: .* is not the ARN of a DynamoDB table/,
    ],
    ["a wildcard", { tableArns: [tableArn("orders"), tableArn("*")] }, /^tableArns\[1\]: /],
    ["no table at all", { tableArns: [] }, /^tableArns: the list is empty\. Leave it out to log all tables/],
    [
      "tables without data events",
      { tableArns: [tableArn("orders")], dataEvents: false, streamDataEvents: false },
      /^tableArns: no data events are logged/,
    ],
    [
      "too many tables",
      { tableArns: manyTables },
      /^tableArns: 200 tables need 609 selector values, and AWS allows 500/,
    ],
    [
      "too many tables whose names are not known yet",
      { tableArns: manyTables.map((arn) => pulumi.output(arn)) },
      /^tableArns: 200 tables need 609 selector values/,
    ],
    [
      "a trail that logs nothing",
      { managementEvents: false, dataEvents: false, streamDataEvents: false },
      /^managementEvents: the trail would log nothing/,
    ],
    ["a retention AWS does not have", { logRetentionDays: 100 }, /^logRetentionDays: 100 .*Write one of 0, 1, 3/],
    ["a fraction of a day", { expireAfterDays: 0.5 }, /^expireAfterDays: 0\.5/],
    ["expiry before archiving", { archiveAfterDays: 90, expireAfterDays: 60 }, /^expireAfterDays: 60 is not after/],
    ["locked evidence that is to be deleted", { objectLock: lock, evidence: EvidencePolicy.Delete }, /^objectLock: /],
    [
      "AWS Config in a locked bucket",
      { objectLock: lock, allowConfigDelivery: true },
      /^allowConfigDelivery: AWS Config cannot deliver .*objectLock/,
    ],
    [
      "a path as reader",
      { keyReaderArns: [`arn:aws:iam::${account}:role/readers/*`] },
      /^keyReaderArns\[0\]: .* is not the ARN of a principal/,
    ],
    ["everybody as reader", { keyReaderArns: ["*"] }, /^keyReaderArns\[0\]: "\*" is not the ARN of a principal/],
    ["an adopted trail that is created", { existing, kmsEvents: false }, /^kmsEvents: .*but existing adopts one/],
    ["an adopted trail with a fate", { existing, evidence: EvidencePolicy.Delete }, /^evidence: .*existing/],
    ["an adopted trail without log group", { existing: { logGroupName: "" } }, /^existing\.logGroupName: is empty/],
    [
      "a trail name",
      { existing: { ...existing, trailArn: "org" } },
      /^existing\.trailArn: "org" is not the ARN of a trail/,
    ],
    [
      "more filters than AWS allows",
      { existing: { ...existing, subscriptionFilterCount: 3 } },
      /^existing\.subscriptionFilterCount: 3 .* 0 to 2/,
    ],
  ])("refuses %s before anything is registered", async (_, args, message) => {
    const { error, registered } = await refused(() => trailOf(args));
    expect(error).toBeInstanceOf(ArgumentError);
    expect(error.message).toMatch(message);
    expect(registered).toEqual([]);
  });

  it.each([tableArn("orders"), "arn:aws-cn:dynamodb:cn-north-1:111122223333:table/a.b-c_D"])("takes %s", (arn) =>
    expect(() => validateAuditTrail({ tableArns: [arn] })).not.toThrow(),
  );

  it("refuses a table of another Region for a single-Region trail, where the Region is known", () => {
    const args = { tableArns: [tableArn("orders", "us-east-1")], multiRegion: false };
    expect(() => validateAuditTrail(args, "eu-central-1")).toThrow(
      /^tableArns\[0\]: .* is in us-east-1, but the trail logs eu-central-1 only\. Set multiRegion: true/,
    );
    expect(() => validateAuditTrail(args, "us-east-1")).not.toThrow();
    expect(() => validateAuditTrail(args)).not.toThrow();
    expect(() => validateAuditTrail({ ...args, multiRegion: true }, "eu-central-1")).not.toThrow();
  });

  it("refuses it before anything is registered where the Region is configured, unless a provider decides", async () => {
    const args = { tableArns: [tableArn("orders", "us-east-1")], multiRegion: false };
    const config = { "aws:region": region };
    const { error, registered } = await refused(() => trailOf(args), { config });
    expect(error.message).toMatch(/^tableArns\[0\]: .* is in us-east-1/);
    expect(registered).toEqual([]);
    const elsewhere = () => {
      const provider = new aws.Provider("elsewhere", { region: "us-east-1" });
      new AuditTrail("trail", args, { provider });
    };
    await expect(deploy(elsewhere, { config, region: "us-east-1" })).resolves.toBeDefined();
  });

  it("looks at a table that is known late when its ARN arrives", () => {
    const args = { tableArns: [pulumi.output("late")], multiRegion: false };
    const elsewhere = tableArn("orders", "us-east-1");
    expect(() => validateAuditTrail(args, region)).not.toThrow();
    expect(() => checkTableArn(args, 2, "late", region)).toThrow(
      /^tableArns\[2\]: "late" is not the ARN of a DynamoDB table/,
    );
    expect(() => checkTableArn(args, 0, elsewhere, region)).toThrow(/^tableArns\[0\]: .* is in us-east-1/);
    expect(checkTableArn({ ...args, multiRegion: true }, 0, elsewhere, region)).toBe(elsewhere);
  });

  it("archives by default only what does not expire before", async () => {
    const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    const deployment = await deploy(() => trailOf({ expireAfterDays: 90 }));
    const rule = (deployment.resource(lifecycle, "trail-logs-lifecycle").inputs.rules as object[])[0];
    expect(rule).toMatchObject({ expiration: { days: 90 } });
    expect(rule).not.toHaveProperty("transitions");
  });
});
