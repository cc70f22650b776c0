import { BlockList, isIPv4, isIPv6 } from "node:net";
import type { CloudTrailRecord } from "../../detections/event/record";
import { remembering } from "./remembering";

/** Networks that are nowhere: IANA special-purpose address registries of IPv4 and IPv6. */
const nowhere = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10], // carrier-grade NAT
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24], // documentation, like the next two
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3], // multicast and reserved
] as const)
  nowhere.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of [
  ["::", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
  ["5f00::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
] as const)
  nowhere.addSubnet(network, prefix, "ipv6");

/**
 * The public address that a call came from. Undefined for calls through a VPC endpoint, for those of AWS services, which
 * CloudTrail names by host, and for addresses that are private, reserved, for documentation or malformed: none of these
 * is in a country.
 */
export function publicAddressOf({ sourceIPAddress, vpcEndpointId }: CloudTrailRecord): string | undefined {
  if (typeof vpcEndpointId === "string" && vpcEndpointId !== "") return undefined;
  return typeof sourceIPAddress === "string" ? publicAddress(sourceIPAddress) : undefined;
}

const publicAddress = remembering((written): string | undefined => {
  const address = unmapped(written.trim());
  if (isIPv4(address)) return nowhere.check(address, "ipv4") ? undefined : address;
  // A zone belongs to a link of one machine.
  if (!isIPv6(address) || address.includes("%")) return undefined;
  return nowhere.check(address, "ipv6") ? undefined : address;
});

/** The IPv4 address in an IPv4-mapped IPv6 address (RFC 4291), in any of its spellings. */
function unmapped(address: string): string {
  if (!isIPv6(address) || address.includes("%")) return address;
  const hextets = new URL(`http://[${address}]`).hostname.slice(1, -1); // in the canonical form
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(hextets) ?? [];
  if (high === undefined || low === undefined) return address;
  const bits = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return bits.flatMap((part) => [part >> 8, part & 255]).join(".");
}
