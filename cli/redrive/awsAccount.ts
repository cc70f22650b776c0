import type * as LambdaSdk from "@aws-sdk/client-lambda";
import type * as S3Sdk from "@aws-sdk/client-s3";
import { keyPrefix } from "./invocationRecord";
import { type Account, FatalError } from "./redrive";

export interface AccountOptions {
  bucket: string;
  region?: string;
  /** Move what went through there, in the same bucket, instead of deleting it. */
  moveTo?: string;
}

/** The account that the caller's credentials are for. Loads the AWS SDK, which only this command needs. */
export async function awsAccount({ bucket, region, moveTo }: AccountOptions): Promise<Account> {
  const { s3: S3, lambda: Lambda } = await sdk();
  const s3 = new S3.S3Client({ region });
  const lambda = new Lambda.LambdaClient({ region });
  return {
    async *list() {
      try {
        for await (const page of S3.paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: keyPrefix })) {
          for (const { Key: key, LastModified: modified } of page.Contents ?? []) {
            if (key !== undefined) yield { key, modified: modified ?? new Date(0) };
          }
        }
      } catch (error) {
        throw explained(error, `bucket ${bucket}`);
      }
    },
    async read(key) {
      try {
        const { Body: body } = await s3.send(new S3.GetObjectCommand({ Bucket: bucket, Key: key }));
        return (await body?.transformToString()) ?? "";
      } catch (error) {
        throw explained(error, key);
      }
    },
    async invoke(functionName, payload) {
      try {
        const { FunctionError: failure, Payload: answer } = await lambda.send(
          new Lambda.InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(payload) }),
        );
        if (failure) throw new Error(`the function failed (${failure}): see its log`);
        return Buffer.from(answer ?? []).toString();
      } catch (error) {
        throw explained(error, `function ${functionName}`);
      }
    },
    async settle(key) {
      if (moveTo !== undefined) {
        const source = `${bucket}/${key}`.split("/").map(encodeURIComponent).join("/");
        await s3.send(new S3.CopyObjectCommand({ Bucket: bucket, CopySource: source, Key: `${moveTo}${key}` }));
      }
      await s3.send(new S3.DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
  };
}

async function sdk(): Promise<{ s3: typeof S3Sdk; lambda: typeof LambdaSdk }> {
  try {
    return { s3: await import("@aws-sdk/client-s3"), lambda: await import("@aws-sdk/client-lambda") };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND" && !isMissing(error)) throw error;
    throw new FatalError(
      "The AWS SDK is not installed, which only this command needs: npm install @aws-sdk/client-lambda @aws-sdk/client-s3",
    );
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND";

/** What every object would meet stops the command, with what to do about it. */
function explained(error: unknown, about: string): Error {
  const { name = "", message = String(error) } = error as Partial<Error>;
  if (name === "CredentialsProviderError" || /credential/i.test(name)) {
    return new FatalError(
      "No AWS credentials were found. Sign in (aws sso login), or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
    );
  }
  if (/Region is missing/i.test(message)) {
    return new FatalError("No AWS Region is set. Write --region, or set AWS_REGION.");
  }
  if (
    [
      "ExpiredToken",
      "ExpiredTokenException",
      "InvalidClientTokenId",
      "UnrecognizedClientException",
      "InvalidAccessKeyId",
      "SignatureDoesNotMatch",
    ].includes(name)
  ) {
    return new FatalError(`The AWS credentials are not accepted (${name}). Sign in again.`);
  }
  if (name === "NoSuchBucket")
    return new FatalError(`There is no ${about}. The output failureBucketName of StreamMonitor names it.`);
  if (name === "ResourceNotFoundException") return new Error(`there is no ${about} in this account and Region`);
  if (name === "AccessDenied" || name === "AccessDeniedException" || name === "Forbidden") {
    return new FatalError(`The credentials may not use ${about} (${name}: ${message}).`);
  }
  return error instanceof Error ? error : new Error(message);
}
