import { readdirSync, readFileSync, readlinkSync } from "node:fs";

// Read from /proc, which only Linux has.

export interface Process {
  pid: number;
  command: string;
}

/** Processes below this one, however deep. */
export function processesBelow(pid: number): Process[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync("/proc")) {
    const parent = /^\d+$/.test(entry) ? parentOf(Number(entry)) : undefined;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const below = (parent: number): number[] => (children.get(parent) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid).map((child) => ({ pid: child, command: commandOf(child) }));
}

/** Addresses, with ports, at which a process listens for TCP connections. */
export function listensAt(pid: number): string[] {
  const sockets = new Set(unlessGone(() => readdirSync(`/proc/${pid}/fd`), []).map((fd) => socketOf(pid, fd)));
  return ["tcp", "tcp6"].flatMap((table) =>
    unlessGone(() => readFileSync(`/proc/${pid}/net/${table}`, "utf8"), "")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === listening && sockets.has(inode))
      .map(([, local]) => readable(local!)),
  );
}

export const isLoopback = (address: string): boolean =>
  /^(127\.\d+\.\d+\.\d+|\[::1\]|\[::ffff:127\.\d+\.\d+\.\d+\]):/.test(address);

export const isAlive = (pid: number): boolean => parentOf(pid) !== undefined;

/** TCP_LISTEN of the kernel. */
const listening = "0A";

/** Undefined for a process that has ended, also where nobody has asked how. */
function parentOf(pid: number): number | undefined {
  const stat = unlessGone(() => readFileSync(`/proc/${pid}/stat`, "utf8"), "");
  const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return stat === "" || state === "Z" ? undefined : Number(parent);
}

const commandOf = (pid: number): string =>
  unlessGone(() => readFileSync(`/proc/${pid}/cmdline`, "utf8"), "")
    .replaceAll("\0", " ")
    .trim();

const socketOf = (pid: number, fd: string): string | undefined =>
  /^socket:\[(\d+)\]$/.exec(unlessGone(() => readlinkSync(`/proc/${pid}/fd/${fd}`), ""))?.[1];

/** `0100007F:1F90` is 127.0.0.1:8080: words of four bytes, each backwards. */
function readable(local: string): string {
  const [address, port] = local.split(":") as [string, string];
  const bytes = address
    .match(/.{8}/g)!
    .flatMap((word) => word.match(/../g)!.reverse())
    .map((hex) => Number(`0x${hex}`));
  return `${bytes.length === 4 ? bytes.join(".") : `[${ipv6(bytes)}]`}:${Number(`0x${port}`)}`;
}

function ipv6(bytes: number[]): string {
  if (bytes.every((byte) => byte === 0)) return "::";
  if (bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1) return "::1";
  const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  return mapped
    ? `::ffff:${bytes.slice(12).join(".")}`
    : bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function unlessGone<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    const gone = ["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "");
    if (gone) return otherwise;
    throw error;
  }
}
