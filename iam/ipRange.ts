import { BlockList, isIP } from "node:net";

/** A range of addresses in CIDR form. */
export interface IpRange {
  readonly family: "ipv4" | "ipv6";
  readonly address: string;
  /** Length of the fixed prefix in bits. */
  readonly prefix: number;
}

/**
 * Reads `203.0.113.0/24`, `2001:db8::/32` or a single address. AWS writes that an address without prefix counts as /32
 * (IAM user guide, "IP address condition operators"); for IPv6 that is read as /128, the single address.
 */
export function ipRange(text: string): IpRange | undefined {
  const [, address, prefix] = /^([0-9A-Fa-f:.]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = address === undefined ? 0 : isIP(address);
  if (address === undefined || version === 0) return undefined;
  const bits = version === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : Number(prefix);
  return length > bits ? undefined : { family: version === 4 ? "ipv4" : "ipv6", address, prefix: length };
}

/** Whether the range holds the address. Anything that is no IP address is in no range. */
export function holds(range: IpRange, address: string): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  return listOf(range).check(address, version === 4 ? "ipv4" : "ipv6");
}

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((text) => ipRange(text)!);

/** Whether the whole range is private address space of RFC 1918. */
export function isPrivate(range: IpRange): boolean {
  return (
    range.family === "ipv4" && privateRanges.some((each) => range.prefix >= each.prefix && holds(each, range.address))
  );
}

function listOf(range: IpRange): BlockList {
  const list = new BlockList();
  list.addSubnet(range.address, range.prefix, range.family);
  return list;
}
