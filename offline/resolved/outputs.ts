import { offlineAccountId, partitionOf, stableHex, textOf } from "../awsLocation";
import { unknownValue, type WireObject } from "../wire";
import { awsIdentifiers, type Subject } from "./awsIdentifiers";

export interface Resolved {
  id: string;
  /** Outputs beside the inputs. */
  outputs: WireObject;
  /** The input that holds the name, where the program leaves the name to the provider: its `Check` fills it in. */
  names: WireObject;
}

/** Names that the provider takes from another property than `name`. */
const nameProperties: Record<string, string> = {
  "aws:s3/bucket:Bucket": "bucket",
  "aws:s3/bucketV2:BucketV2": "bucket",
};
/** Length of the random suffix that the provider appends to a name prefix. */
const prefixSuffixLength = 26;

/**
 * Id and outputs that a resource would get, made up but the same on every run, so that a dry run shows which resource
 * refers to which. `undefined` inputs are those the program leaves to the provider.
 */
export function resolve(
  urn: string,
  type: string,
  logicalName: string,
  inputs: WireObject,
  region: string,
  account = offlineAccountId,
): Resolved {
  const hex = (digits: number) => stableHex(urn, digits);
  const uuid = hex(32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  const property = nameProperties[type] ?? "name";
  const prefix = textOf(inputs, `${property}Prefix`);
  // The provider's automatic name; a KMS alias has to begin with `alias/`, a FIFO queue or topic to end with `.fifo`.
  const start = type === "aws:kms/alias:Alias" ? "alias/" : "";
  const end = inputs["fifoQueue"] === true || inputs["fifoTopic"] === true ? ".fifo" : "";
  const automatic = prefix ? `${prefix}${hex(prefixSuffixLength)}` : `${start}${logicalName}-${hex(7)}${end}`;
  const name = textOf(inputs, property) ?? (type.startsWith("aws:s3/") ? automatic.toLowerCase() : automatic);
  const { partition, dnsSuffix } = partitionOf(region);

  const subject: Subject = {
    name,
    inputs,
    partition,
    region,
    account,
    dnsSuffix,
    input: (key) => textOf(inputs, key) ?? "",
    hex,
    uuid,
    arn: (service, resource) => `arn:${partition}:${service}:${region}:${account}:${resource}`,
    globalArn: (service, resource) => `arn:${partition}:${service}::${account}:${resource}`,
  };
  const identify = awsIdentifiers[type];
  const { id, ...outputs } = identify ? identify(subject) : generic(type, subject);
  const known: WireObject = {};
  for (const [key, value] of Object.entries(outputs)) if (value !== undefined) known[key] = value;
  const written = textOf(inputs, property) !== undefined;
  const names = identify && !written && known[property] === name ? { [property]: name } : {};
  return { names, id: id === "" || id === unknownValue ? name : id, outputs: known };
}

/** Types without a row of their own: a name, and an ARN in the shape that most services use. */
function generic(type: string, { name, uuid, arn }: Subject): { id: string } & Record<string, string> {
  const [provider, module = "", className = ""] = type.split(":");
  if (provider === "pulumi") return { id: uuid };
  if (provider !== "aws") return { id: name, name };
  const service = module.split("/")[0]!;
  const resource = className.replace(/^./, (letter) => letter.toLowerCase());
  return { id: name, name, arn: arn(service, `${resource}/${name}`) };
}
