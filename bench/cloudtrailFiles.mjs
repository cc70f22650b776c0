// Files as CloudTrail writes them, from a seed: an account in which applications use DynamoDB among other services.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const account = "111122223333";

/** mulberry32: small, and the same on every machine. */
function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Share of each kind of call, in percent. */
const calls = [
  [22, "dynamodb.amazonaws.com", "GetItem"],
  [14, "dynamodb.amazonaws.com", "Query"],
  [4, "dynamodb.amazonaws.com", "PutItem"],
  [1, "dynamodb.amazonaws.com", "DescribeTable"],
  [17, "sts.amazonaws.com", "AssumeRole"],
  [14, "kms.amazonaws.com", "Decrypt"],
  [10, "s3.amazonaws.com", "GetBucketAcl"],
  [10, "ec2.amazonaws.com", "DescribeInstances"],
  [8, "logs.amazonaws.com", "CreateLogStream"],
];

function record(random, time) {
  let share = random() * 100;
  const [, eventSource, eventName] = calls.find(([percent]) => {
    share -= percent;
    return share < 0;
  });
  const table = eventSource.startsWith("dynamodb");
  const isData = table && eventName !== "DescribeTable";
  const hex = (digits) => Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join("");
  const role = `app-${Math.floor(random() * 20)}`;
  const name = `table-${Math.floor(random() * 30)}`;
  return {
    eventVersion: "1.11",
    userIdentity: {
      type: "AssumedRole",
      principalId: `AROA${hex(16).toUpperCase()}:session-${hex(8)}`,
      arn: `arn:aws:sts::${account}:assumed-role/${role}/session-${hex(8)}`,
      accountId: account,
      accessKeyId: `ASIA${hex(16).toUpperCase()}`,
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          principalId: `AROA${hex(16).toUpperCase()}`,
          arn: `arn:aws:iam::${account}:role/${role}`,
          accountId: account,
          userName: role,
        },
        attributes: { creationDate: new Date(time - 600_000).toISOString(), mfaAuthenticated: "false" },
      },
    },
    eventTime: new Date(time).toISOString().replace(/\.\d+Z$/, "Z"),
    eventSource,
    eventName,
    awsRegion: "us-east-1",
    sourceIPAddress: `10.${Math.floor(random() * 256)}.${Math.floor(random() * 256)}.7`,
    userAgent: "aws-sdk-js/3.700.0 ua/2.1 os/linux lang/js md/nodejs#20.20.2 api/dynamodb#3.700.0 m/N,E,q",
    requestParameters: table
      ? { tableName: name, key: { pk: hex(24), sk: hex(12) }, consistentRead: false }
      : { roleArn: `arn:aws:iam::${account}:role/${role}`, roleSessionName: hex(24), durationSeconds: 3600 },
    responseElements: null,
    requestID: hex(32),
    eventID: `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`,
    readOnly: eventName !== "PutItem",
    ...(table && {
      resources: [
        {
          accountId: account,
          type: "AWS::DynamoDB::Table",
          ARN: `arn:aws:dynamodb:us-east-1:${account}:table/${name}`,
        },
      ],
      apiVersion: "2012-08-10",
    }),
    eventType: "AwsApiCall",
    managementEvent: !isData,
    recipientAccountId: account,
    eventCategory: isData ? "Data" : "Management",
    tlsDetails: { tlsVersion: "TLSv1.3", cipherSuite: "TLS_AES_128_GCM_SHA256", clientProvidedHostHeader: eventSource },
  };
}

/** Paths of the files; made on first use, and kept in a cache folder. */
export function cloudtrailFiles({ files = 24, recordsPerFile = 2000 } = {}) {
  const folder = join(root, ".cache", "bench", `day-${files}x${recordsPerFile}`);
  if (!existsSync(join(folder, ".complete"))) {
    mkdirSync(folder, { recursive: true });
    const random = randomOf(20260105);
    let time = Date.UTC(2026, 0, 5);
    for (let file = 0; file < files; file++) {
      const records = Array.from({ length: recordsPerFile }, () => {
        time += random() * 300;
        return record(random, time);
      });
      const name = `${account}_CloudTrail_us-east-1_${String(file).padStart(4, "0")}.json.gz`;
      writeFileSync(join(folder, name), gzipSync(JSON.stringify({ Records: records })));
    }
    writeFileSync(join(folder, ".complete"), "");
  }
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json.gz"))
    .sort()
    .map((name) => join(folder, name));
}
