// Proves: that the comparison of two sides' inputs overlooks identities that AWS or the provider chose, and nothing else.
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { differences, type Registered } from "../engine/equality";

const digitsOf = (arn: string) => createHash("sha256").update(arn).digest("hex").slice(0, 8);
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

  it("are equal where a name ends with digits made of an ARN, and differ where it ends with others", () => {
    const named = (suffix: string, digits = digitsOf(`arn:aws:s3:::evidence-${suffix}`)) =>
      side(suffix, { policy: { table: `state-${digits}` } });
    expect(differences(named(one), named(other))).toEqual({});
    expect(Object.keys(differences(named(one), named(other, "01234567")))).toEqual([policyUrn]);
  });

  it("differ by a file of an archive, whether it is a text or a path, and by nothing else of it", () => {
    const code = (assets: object) => side(one, { policy: { code: { assets } } });
    const hashed = code({ b: { text: "b", hash: "1" }, a: { path: "/a", hash: "2" } });
    expect(differences(hashed, code({ a: { path: "/a" }, b: { text: "b" } }))).toEqual({});
    for (const assets of [
      { a: { path: "/c" }, b: { text: "b" } },
      { a: { path: "/a" }, b: { text: "c" } },
    ]) {
      expect(Object.keys(differences(hashed, code(assets)))).toEqual([policyUrn]);
    }
  });

  it("are equal where one has a secret and the other prints that it is one, and not where it is none", () => {
    const mark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
    const endpoint = (value: unknown) => side(one, { policy: { endpoint: value } });
    const secret = endpoint({ ...mark, plaintext: '"https://example.com"' });
    expect(differences(secret, endpoint("[secret]"))).toEqual({});
    expect(Object.keys(differences(secret, endpoint("https://example.com")))).toEqual([policyUrn]);
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
