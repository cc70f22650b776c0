import { createHash } from "node:crypto";
import type { Account } from "./account";
import { agrees, canonical } from "./compare";
import { lookUp } from "./lookups";
import type { AnyResourceType, Json, Properties, Reading } from "./resourceType";
import { rowOf } from "./table";

/** Stands for a value that is only known after deployment. */
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export interface Made {
  id: string;
  outputs: Properties;
}

/** A resource that exists, but was not finished. The engine keeps it and updates it next time. */
export class Unfinished extends Error {
  constructor(
    readonly id: string,
    readonly inputs: Properties,
    cause: unknown,
  ) {
    super((cause as Error).message, { cause });
  }
}

/** What a resource provider does, by the rows of the table. Knows the engine's rules, and nothing of gRPC. */
export class Provider {
  /** What was taken on trust, since the account does not say it. The run prints it. */
  readonly believed = new Set<string>();

  /** What a test takes out of a program's inputs before anything else sees them. */
  meddle: (urn: string, inputs: Properties) => Properties = (_, inputs) => inputs;
  private defaultTags: Properties = {};

  /** @param account in the default Region. */
  constructor(private account: Account) {}

  /** Takes over what the stack says about the provider. Every value is text; what is none travels as JSON. */
  configure({ region, defaultTags }: Properties): void {
    this.account = this.account.in(region as string | undefined);
    this.defaultTags = ((defaultTags ? JSON.parse(String(defaultTags)) : {}) as { tags?: Properties }).tags ?? {};
  }

  lookUp(token: string, args: Properties): Promise<Properties> {
    return lookUp(token, args, this.account);
  }

  /** Fills in what the AWS provider fills in: a name that the program left out, and the tags with the default ones. */
  check(urn: string, old: Properties, inputs: Properties, seed: Uint8Array): Properties {
    const row = rowOf(typeOf(urn));
    const checked = { ...this.meddle(urn, inputs) };
    const property = row.nameInput;
    if (property && checked[property] === undefined) {
      checked[property] = old[property] ?? madeUpName(urn, checked[`${property}Prefix`], seed);
    }
    const tags = checked["tags"] as Properties | undefined;
    if (tags !== undefined || Object.keys(this.defaultTags).length > 0) {
      checked["tagsAll"] = { ...this.defaultTags, ...tags };
    }
    return checked;
  }

  /** Inputs that differ, and those of them that cannot be changed in place. */
  diff(urn: string, old: Properties, inputs: Properties) {
    const row = rowOf(typeOf(urn));
    const changes = [...new Set([...Object.keys(old), ...Object.keys(inputs)])].filter(
      (key) => key !== "tagsAll" && !key.startsWith("__") && canonical(old[key]) !== canonical(inputs[key]),
    );
    const replaces = changes.filter((key) => key === "region" || row.replaceOn.includes(key));
    // A name that the program wrote is taken until the old resource is gone.
    const named = row.nameInput !== undefined && !replaces.includes(row.nameInput);
    return { changes, replaces, deleteBeforeReplace: replaces.length > 0 && named };
  }

  async create(urn: string, inputs: Properties): Promise<Made> {
    if (Object.keys(this.defaultTags).length > 0) throw new Error("this provider shows default tags in previews only");
    const { row, account } = this.rowFor(urn, inputs);
    const id = await row.create(inputs, account);
    try {
      await row.finish?.(id, inputs, account);
      return { id, outputs: await this.readBack(urn, id, inputs) };
    } catch (error) {
      throw new Unfinished(id, inputs, error);
    }
  }

  async update(urn: string, id: string, old: Properties, inputs: Properties): Promise<Properties> {
    const { row, account } = this.rowFor(urn, inputs);
    if (!row.update) throw new Error(`${typeOf(urn)} cannot be changed in place`);
    const { changes } = this.diff(urn, old, inputs);
    try {
      // The engine asks for an update without a change where an earlier one was not finished: everything is set again.
      const changed = (...keys: string[]) => changes.length === 0 || keys.some((key) => changes.includes(key));
      await row.update(id, inputs, account, changed, old);
      return await this.readBack(urn, id, inputs);
    } catch (error) {
      throw new Unfinished(id, inputs, error);
    }
  }

  /** Inputs and outputs as the account has them now; undefined if the resource is gone. */
  async read(urn: string, id: string, inputs: Properties) {
    const { row, account } = this.rowFor(urn, inputs);
    const reading = await row.read(id, inputs, account);
    if (!reading) return undefined;
    return { inputs: refreshed(row, inputs, reading), outputs: outputs(inputs, reading, account.region) };
  }

  async delete(urn: string, id: string, inputs: Properties): Promise<void> {
    const { row, account } = this.rowFor(urn, inputs);
    await row.delete(id, inputs, account);
    if (row.remains !== undefined || !(await row.read(id, inputs, account))) return;
    throw new Error(`${typeOf(urn)} ${id} was deleted, but the account still has it`);
  }

  private rowFor(urn: string, inputs: Properties): { row: AnyResourceType; account: Account } {
    return { row: rowOf(typeOf(urn)), account: this.account.in(inputs["region"] as string | undefined) };
  }

  /** Holds what was written against what the account says; the SDK drops members that it does not know in silence. */
  private async readBack(urn: string, id: string, inputs: Properties): Promise<Properties> {
    const { row, account } = this.rowFor(urn, inputs);
    const reading = await row.read(id, inputs, account);
    if (!reading) throw new Error(`${typeOf(urn)} ${id} was made, but the account does not have it`);
    if (row.echoed) this.believed.add(`${typeOf(urn)}: everything (no emulator has it)`);
    for (const [key, why] of Object.entries(row.unreported ?? {})) {
      if (inputs[key] !== undefined) this.believed.add(`${typeOf(urn)}: ${key} (${why})`);
    }
    for (const [key, written] of reportedInputs(row, inputs)) {
      const reported = reading[key] as Json;
      if (agrees(written, reported)) continue;
      throw new Error(
        `${typeOf(urn)} ${id}: the program wrote ${key} = ${JSON.stringify(written)}, ` +
          `the account says ${JSON.stringify(reported)}`,
      );
    }
    return outputs(inputs, reading, account.region);
  }
}

function reportedInputs(row: AnyResourceType, inputs: Properties): [string, Json][] {
  const unreported = row.unreported ?? {};
  return Object.entries(inputs).filter(
    ([key]) => !(key in unreported) && key !== "tagsAll" && key !== "region" && !key.startsWith("__"),
  );
}

function outputs(inputs: Properties, reading: Reading<Properties>, region: string): Properties {
  const reported = withoutUndefined(reading) as Properties;
  return { ...inputs, ...reported, ...(reported["tags"] !== undefined && { tagsAll: reported["tags"] }), region };
}

/** Inputs in the program's own form where the account agrees, else as the account has them. */
function refreshed(row: AnyResourceType, inputs: Properties, reading: Reading<Properties>): Properties {
  const result = { ...inputs };
  for (const [key, written] of reportedInputs(row, inputs)) {
    const reported = reading[key] as Json;
    // Tags that somebody added are a change too.
    const same = key === "tags" ? canonical(written) === canonical(reported) : agrees(written, reported);
    if (!same) result[key] = withoutUndefined(reported);
  }
  return withoutUndefined(result) as Properties;
}

/** `undefined` anywhere would fail the answer, after the resource was made. */
const withoutUndefined = (value: unknown): Json =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));

/** The last type in the URN; those before it are the parents'. */
export const typeOf = (urn: string): string => urn.split("::")[2]!.split("$").pop()!;

function madeUpName(urn: string, prefix: Json, seed: Uint8Array): string {
  if (prefix === unknownValue) return unknownValue;
  const hex = createHash("sha256").update(seed).update(urn).digest("hex");
  if (prefix !== undefined) return `${prefix}${hex.slice(0, 26)}`;
  const automatic = `${urn.split("::").pop()}-${hex.slice(0, 7)}`;
  return typeOf(urn).startsWith("aws:s3/") ? automatic.toLowerCase() : automatic;
}
