import { declaredPolicy } from "../declaredPolicy";
import { matchesPattern } from "../pattern";
import { read, string } from "../table/reading";
import { compliant, undecided, violation } from "../verdict";

interface TableExportConfiguration {
  allowedBuckets: readonly string[];
}

export const tableExport = declaredPolicy<TableExportConfiguration>({
  name: "dynamodb-table-export",
  description: "Checks whether DynamoDB tables are exported to no other S3 bucket than the allowed ones.",
  why: "An export copies a whole table into a bucket, also one of another account, without reading it item by item.",
  severity: "medium",
  frameworks: [],
  remediationSteps: "Export to an allowed bucket, or add the bucket's name to `allowedBuckets`.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.HowItWorks.html",
  configuration: {
    allowedBuckets: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "Names of S3 buckets that may get exports; `*` stands for any text. Default: none.",
    },
  },
  check: ({ type, title, props }, { allowedBuckets }) => {
    if (type !== "aws:dynamodb/tableExport:TableExport") return undefined;
    const label = `Export ${title}`;
    const write = "export to an allowed bucket, or add it to allowedBuckets";
    const bucket = read(props, "s3Bucket", string);
    switch (bucket.state) {
      case "known":
        return allowedBuckets.some((pattern) => matchesPattern(pattern, bucket.value))
          ? [compliant]
          : [violation(`${label} copies a table to an S3 bucket that is not allowed: ${write}.`)];
      case "absent":
        return [violation(`${label} names no s3Bucket: ${write}.`)];
      case "malformed":
        return [violation(`${label}: ${bucket.problem}, ${write}.`)];
      case "unknown":
        if (allowedBuckets.includes("*")) return [compliant];
        return allowedBuckets.length === 0
          ? [violation(`${label} copies a table to an S3 bucket, and none is allowed: ${write}.`)]
          : [undecided(`${label}: s3Bucket is not known before deployment, it must be among allowedBuckets.`)];
    }
  },
});
