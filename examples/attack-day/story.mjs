import { home, tableArn } from "./records.mjs";

export const day = "2026-01-05";
export const tables = ["customers", "orders", "payments", "sessions", "carts", "invoices", "ledger"];

const at = (clock) => Date.parse(`${day}T${clock}Z`);
const second = 1000;

/**
 * What the attacker does, step by step. `during` returns the events of a step; addresses are of the blocks that are reserved
 * for documentation.
 */
export function attack({ role, user, call }) {
  const leaked = user(
    "build-legacy",
    "203.0.113.66",
    "aws-cli/2.22.4 md/awscrt#0.23.4 ua/2.0 os/linux#6.8 md/arch#x86_64",
  );
  const admin = role(
    "data-admin",
    "botocore-session-1767577993",
    "203.0.113.66",
    "Boto3/1.35.90 md/Botocore#1.35.90 ua/2.0",
  );
  return [
    {
      clock: "02:11",
      title: "Reconnaissance with a leaked access key: who am I, which tables and backups are there?",
      during: () => [
        call(at("02:11:04"), leaked, "GetCallerIdentity", { source: "sts" }),
        ...[home, "eu-west-1", "ap-southeast-2"].map((region, i) =>
          call(at("02:11:20") + i * 3 * second, leaked, "ListTables", { region }),
        ),
        ...tables.map((table, i) => call(at("02:12:10") + i * 4 * second, leaked, "DescribeTable", { table })),
        call(at("02:13:02"), leaked, "ListBackups"),
        ...tables.map((table, i) =>
          call(at("02:13:15") + i * 4 * second, leaked, "DescribeContinuousBackups", { table }),
        ),
      ],
    },
    {
      clock: "02:26",
      title: "A role with more rights is assumed",
      during: () => [
        call(at("02:26:33"), leaked, "AssumeRole", {
          source: "sts",
          request: {
            roleArn: admin.identity.sessionContext.sessionIssuer.arn,
            roleSessionName: "botocore-session-1767577993",
          },
        }),
      ],
    },
    {
      clock: "02:31",
      title: "Protection off: deletion protection, then point-in-time recovery, on every table",
      during: () =>
        tables.flatMap((table, i) => [
          call(at("02:31:00") + i * 9 * second, admin, "UpdateTable", {
            table,
            request: { deletionProtectionEnabled: false },
            response: { tableDescription: { tableName: table, tableArn: tableArn(table), tableStatus: "UPDATING" } },
          }),
          call(at("02:31:04") + i * 9 * second, admin, "UpdateContinuousBackups", {
            table,
            request: { pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false } },
          }),
        ]),
    },
    {
      clock: "02:44",
      title: "Scans of three tables, page by page",
      during: () =>
        ["customers", "orders", "payments"].flatMap((table, t) =>
          Array.from({ length: 60 }, (_, page) =>
            call(at("02:44:00") + t * 120 * second + page * 2 * second, admin, "Scan", {
              table,
              request: { limit: 1000 },
            }),
          ),
        ),
    },
    {
      clock: "03:05",
      title: "An export to a bucket of another account",
      during: () => [
        call(at("03:05:11"), admin, "ExportTableToPointInTime", {
          request: { tableArn: tableArn("customers"), s3Bucket: "drop-7f3a", s3BucketOwner: "999988887777" },
        }),
      ],
    },
    {
      clock: "03:30",
      title: "The backups are deleted",
      during: () =>
        tables.slice(0, 4).map((table, i) =>
          call(at("03:30:00") + i * 40 * second, admin, "DeleteBackup", {
            request: { backupArn: `${tableArn(table)}/backup/01767500000000-a1b2c3d${i}` },
          }),
        ),
    },
    {
      clock: "03:41",
      title: "Items are deleted, and a note is left",
      during: () => [
        ...Array.from({ length: 25 }, (_, i) =>
          call(at("03:41:00") + i * 2 * second, admin, "DeleteItem", {
            table: "payments",
            request: { key: { id: `p-${1000 + i}` } },
          }),
        ),
        call(at("03:42:30"), admin, "PutItem", { table: "customers", request: { key: { id: "READ-ME" } } }),
      ],
    },
    {
      clock: "03:52",
      title: "The tables are deleted",
      during: () => tables.map((table, i) => call(at("03:52:00") + i * 25 * second, admin, "DeleteTable", { table })),
    },
    {
      clock: "04:02",
      title: "Cover-up, refused: stopping the trail, deleting alarms",
      during: () => [
        call(at("04:02:10"), admin, "StopLogging", {
          source: "cloudtrail",
          error: "AccessDenied",
          request: { name: "audit" },
        }),
        call(at("04:02:40"), admin, "DeleteAlarms", { source: "monitoring", error: "AccessDenied" }),
        call(at("04:03:05"), admin, "DeleteLogGroup", { source: "logs", error: "AccessDenied" }),
      ],
    },
  ];
}

/** What an account does on any day. `scale` multiplies it. */
export function* ordinaryTraffic({ role, user, call }, { random, below, pick, hex }, scale) {
  const api = role(
    "shop-api",
    "i-0a1b2c3d4e5f60718",
    "10.0.12.31",
    "aws-sdk-js/3.721.0 os/linux lang/js md/nodejs#20.18.1",
  );
  const worker = role(
    "shop-worker",
    "shop-worker",
    "10.0.14.7",
    "aws-sdk-java/2.29.45 Linux/5.10 OpenJDK_64-Bit_Server_VM",
  );
  const deploy = role("ci-deploy", "GitHubActions", "198.51.100.20", "APN/1.0 Pulumi/1.0 aws-sdk-go-v2/1.32.7");
  const monitor = role("monitoring", "agent", "10.0.3.9", "Datadog-Agent/7 Boto3/1.35");
  const analyst = user("maria", "198.51.100.7", "aws-internal/3 console");
  const start = at("00:00:00");
  const millisecondsOfDay = 86_400_000;

  const count = Math.round(12_000 * scale);
  for (let i = 0; i < count; i++) {
    const time = start + (i + random()) * (millisecondsOfDay / count);
    // More in the middle of the day.
    const hour = ((time - start) / 3_600_000) % 24;
    if (random() > 0.35 + 0.65 * Math.sin((Math.PI * hour) / 24)) continue;
    const share = below(100);
    const table = pick(tables);
    const key = { request: { key: { id: hex(12) } }, table };
    if (share < 30) yield call(time, api, "GetItem", key);
    else if (share < 45) yield call(time, api, "Query", { table, request: { limit: 25 } });
    else if (share < 53) yield call(time, api, "PutItem", key);
    else if (share < 59) yield call(time, worker, "UpdateItem", key);
    else if (share < 61) yield call(time, worker, "DeleteItem", key);
    else if (share < 73)
      yield call(time, worker, "Decrypt", { source: "kms", request: { encryptionAlgorithm: "SYMMETRIC_DEFAULT" } });
    else if (share < 85)
      yield call(time, monitor, "DescribeInstances", { source: "ec2", request: { maxResults: 1000 } });
    else if (share < 90) yield call(time, monitor, "DescribeTable", { table });
    else if (share < 96)
      yield call(time, deploy, "AssumeRole", { source: "sts", request: { roleSessionName: hex(12) } });
    else yield call(time, monitor, "GetMetricData", { source: "monitoring", region: pick([home, "eu-west-1"]) });
  }
  // A deployment in the morning, and somebody who looks at a table in the console.
  yield call(at("09:20:05"), deploy, "CreateTable", {
    table: "wishlists",
    request: { billingMode: "PAY_PER_REQUEST" },
  });
  yield call(at("09:21:40"), deploy, "UpdateTable", { table: "orders", request: { billingMode: "PAY_PER_REQUEST" } });
  yield call(at("15:10:12"), analyst, "Scan", { table: "carts", request: { limit: 50 } });
  yield call(at("15:12:30"), analyst, "DeleteTable", { table: "carts", error: "AccessDenied" });
}
