// Proves: that the comparison of two sides' inputs overlooks identities that AWS or the provider chose, and nothing else.
import { describe, expect, it } from "vitest";
import { differences, type Registered } from "../engine/equality";

const urn = (type: string, name: string) => `urn:pulumi:dev::project::${type}::${name}`;
const bucketUrn = urn("aws:s3/bucket:Bucket", "evidence");
const policyUrn = urn("aws:s3/bucketPolicy:BucketPolicy", "policy");

/** A bucket with a made-up name, and a policy that holds its ARN. */
function side(suffix: string, change: Partial<Record<"bucket" | "policy", object>> = {}): Registered[] {
  const bucket = `evidence-${suffix}`;
  const arn = `arn:aws:s3:::${bucket}`;
  return [
    {
      urn: bucketUrn,
      id: bucket,
      inputs: { bucket, forceDestroy: false, ...change.bucket },
      outputs: { id: bucket, bucket, arn },
    },
    {
      urn: policyUrn,
      id: bucket,
      inputs: { bucket, policy: `{"Resource":"${arn}/*"}`, ...change.policy },
      outputs: { id: bucket },
    },
  ];
}
const one = "0123456789abcdef0123456789";
const other = "fedcba9876543210fedcba9876";

describe("two deployments of one program", () => {
  it("are equal but for names that were made up, wherever they are used", () => {
    expect(differences(side(one), side(other))).toEqual({});
  });

  it.each<[string, Registered[], string[]]>([
    ["another input", side(other, { bucket: { forceDestroy: true } }), [bucketUrn]],
    ["one more input", side(other, { bucket: { tags: { Team: "security" } } }), [bucketUrn]],
    ["another policy", side(other, { policy: { policy: `{"Resource":"*"}` } }), [policyUrn]],
    [
      "the ARN of another bucket",
      side(other, { policy: { policy: `{"Resource":"arn:aws:s3:::another/*"}` } }),
      [policyUrn],
    ],
    ["a resource that is missing", side(other).slice(0, 1), [policyUrn]],
    ["a name that was written", side("archive"), [bucketUrn, policyUrn]],
  ])("differ by %s", (_, changed, urns) => {
    expect(Object.keys(differences(side(one), changed)).sort()).toEqual(urns);
  });

  it("are equal where the provider adds tags for the policies, and Pulumi its own marks", () => {
    const marked = side(one, { bucket: { __defaults: [], tagsAll: { Team: "security" } } });
    expect(differences(marked, side(one))).toEqual({});
  });
});
