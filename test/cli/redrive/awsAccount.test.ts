// Proves: the requests that the real AWS SDK makes for the command, and what is said where AWS refuses. Does not prove:
// AWS; a server of ours stands in for S3 and Lambda.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { awsAccount } from "../../../cli/redrive/awsAccount";
import { FatalError, redrive } from "../../../cli/redrive/redrive";
import { streamRecord } from "../../functions/streamMonitor/streamRecord";
import { functionArn, invocationRecord, keyOf } from "./invocationRecord";

const bucket = "failed";
let objects: Map<string, string>;
let requests: string[];
let answer: { status: number; body: string; headers?: Record<string, string> } | undefined;
let functionError: string | undefined;

const server: Server = createServer((request, response) => {
  const url = new URL(request.url ?? "", "http://stand-in");
  const path = decodeURIComponent(url.pathname);
  requests.push(`${request.method} ${path}`);
  const send = (status: number, body = "", headers: Record<string, string> = {}) =>
    response.writeHead(status, headers).end(body);
  request.resume().on("end", () => {
    if (answer) return send(answer.status, answer.body, answer.headers);
    if (path.startsWith("/2015-03-31/functions/")) {
      return send(200, '{"batchItemFailures":[]}', functionError ? { "x-amz-function-error": functionError } : {});
    }
    if (url.searchParams.has("list-type")) {
      const contents = [...objects.keys()].map(
        (key) => `<Contents><Key>${key}</Key><LastModified>2026-11-24T10:00:00.000Z</LastModified></Contents>`,
      );
      return send(200, `<ListBucketResult>${contents.join("")}</ListBucketResult>`, {
        "content-type": "application/xml",
      });
    }
    const key = path.slice(bucket.length + 2);
    if (request.method === "DELETE") objects.delete(key);
    if (request.method === "PUT") {
      const source = decodeURIComponent(String(request.headers["x-amz-copy-source"]));
      objects.set(key, objects.get(source.slice(bucket.length + 1))!);
      return send(200, "<CopyObjectResult/>", { "content-type": "application/xml" });
    }
    return send(200, request.method === "GET" ? objects.get(key) : "");
  });
});
beforeAll(() => new Promise<void>((done) => server.listen(0, "127.0.0.1", done)));
afterAll(() => new Promise((done) => server.close(done)));
beforeEach(() => {
  objects = new Map([[keyOf("1", "10.00.00"), invocationRecord([streamRecord()])]]);
  requests = [];
  answer = undefined;
  functionError = undefined;
  vi.stubEnv("AWS_ENDPOINT_URL", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "id");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  vi.stubEnv("AWS_CONFIG_FILE", "/nowhere");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere");
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
});
afterEach(() => vi.unstubAllEnvs());

const options = { dryRun: false, concurrency: 1 };
const run = async (more: { moveTo?: string; region?: string } = {}) =>
  redrive(await awsAccount({ bucket, region: "eu-central-1", ...more }), options);

describe("the account", () => {
  it("is asked for the objects, the function is invoked, and the object is deleted", async () => {
    expect((await run()).map(({ result }) => result)).toEqual(["sent"]);
    const key = keyOf("1", "10.00.00");
    expect(requests).toEqual([
      `GET /${bucket}/`,
      `GET /${bucket}/${key}`,
      `POST /2015-03-31/functions/${functionArn}/invocations`,
      `DELETE /${bucket}/${key}`,
    ]);
    expect(objects.size).toBe(0);
  });

  it("keeps a copy where that is asked", async () => {
    await run({ moveTo: "redriven/" });
    expect([...objects.keys()]).toEqual([`redriven/${keyOf("1", "10.00.00")}`]);
  });

  it("says that the function failed, and keeps the object", async () => {
    functionError = "Unhandled";
    expect(await run()).toMatchObject([{ result: "failed", problem: "the function failed (Unhandled): see its log" }]);
    expect(objects.size).toBe(1);
  });

  it("says that there are no credentials, and how to get some", async () => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, undefined);
    await expect(run()).rejects.toThrow(
      /^No AWS credentials were found\. Sign in \(aws sso login\), or set AWS_PROFILE/,
    );
  });

  it("says that there is no Region", async () => {
    for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION"]) vi.stubEnv(name, undefined);
    await expect(run({ region: undefined })).rejects.toThrow(
      "No AWS Region is set. Write --region, or set AWS_REGION.",
    );
  });

  const xml = { "content-type": "application/xml" };
  it.each([
    ["NoSuchBucket", 404, "There is no bucket failed. The output failureBucketName of StreamMonitor names it."],
    ["AccessDenied", 403, "The credentials may not use bucket failed (AccessDenied: no)."],
    ["InvalidAccessKeyId", 403, "The AWS credentials are not accepted (InvalidAccessKeyId). Sign in again."],
  ])("stops at %s", async (code, status, message) => {
    answer = { status, body: `<Error><Code>${code}</Code><Message>no</Message></Error>`, headers: xml };
    await expect(run()).rejects.toThrow(message);
    await expect(run()).rejects.toBeInstanceOf(FatalError);
  });
});
