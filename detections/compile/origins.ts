import { isIPv4, isIPv6 } from "node:net";
import { all, type Condition, differs } from "../condition";
import { Inexpressible } from "./error";

/** Events that come from elsewhere than these addresses and endpoints. An event without the field still counts. */
export function fromElsewhere(
  sourceIps: readonly string[] = [],
  vpcEndpoints: readonly string[] = [],
): Condition | undefined {
  const guards = [
    ...(sourceIps.length > 0 ? [differs("sourceIPAddress", ...unique(sourceIps.map(addressPattern)))] : []),
    ...(vpcEndpoints.length > 0 ? [differs("vpcEndpointId", ...unique(vpcEndpoints.map(endpointId)))] : []),
  ];
  return guards.length === 0 ? undefined : all(...guards);
}

/** Networks that everyone has: RFC 1918, RFC 6598 and unique local IPv6 addresses (RFC 4193). */
const privateNetworks =
  /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:)/i;

/** Whoever calls through a VPC endpoint of an own VPC chooses a private address. */
export function chosenByCaller(sourceIps: readonly string[] = []): string[] {
  return sourceIps
    .filter((written) => privateNetworks.test(written))
    .map(
      (written) =>
        `ignoreSourceIps: ${written} is private, and an attacker's own VPC can have it: ignoreVpcEndpoints tells yours from others.`,
    );
}

const unique = (values: readonly string[]): string[] => [...new Set(values)];

/** Octets that a network's prefix keeps. A filter pattern compares text, so a network must end on a dot. */
const octetsOfPrefix: Record<string, number> = { "8": 1, "16": 2, "24": 3 };

function addressPattern(written: string): string {
  const refuse = (why: string): never => {
    throw new Inexpressible(`ignoreSourceIps: "${written}" ${why}`);
  };
  const [address, prefix, ...rest] = written.split("/") as [string, string?, ...string[]];
  if (rest.length > 0 || !(isIPv4(address) || (isIPv6(address) && !address.includes("%")))) {
    return refuse("is not an IP address or network. Write 192.0.2.7, 192.0.2.0/24 or 2001:db8::7.");
  }
  if (prefix === undefined) return address;
  if (isIPv6(address) && prefix === "128") return address;
  if (isIPv6(address))
    return refuse("is an IPv6 network, which no wildcard can express. List the addresses, as CloudTrail spells them.");
  if (prefix === "32") return address;
  const octets = octetsOfPrefix[prefix];
  if (octets === undefined)
    return refuse("cannot be expressed with a wildcard. Write networks of /8, /16 or /24, or addresses.");
  const kept = address.split(".").slice(0, octets);
  const network = [...kept, ...Array<string>(4 - octets).fill("0")].join(".");
  if (network !== address) return refuse(`has bits set after the prefix. Write ${network}/${prefix}.`);
  return `${kept.join(".")}.*`;
}

function endpointId(written: string): string {
  if (/^vpce-([0-9a-f]{8}|[0-9a-f]{17})$/.test(written)) return written;
  throw new Inexpressible(
    `ignoreVpcEndpoints: "${written}" is not the id of a VPC endpoint. Write vpce-0123456789abcdef0.`,
  );
}
