import type * as pulumi from "@pulumi/pulumi";
import type { Account } from "./account";

/** A JSON value as it travels between engine and provider. */
export type Json = null | boolean | number | string | Json[] | Properties | undefined;
export type Properties = { [key: string]: Json };

/** Arguments of a resource class as the provider gets them: no outputs, promises or resources are left. */
export type Plain<T> = T extends Promise<unknown> | pulumi.OutputInstance<unknown> | pulumi.Resource
  ? never
  : T extends (infer Element)[]
    ? Plain<Element>[]
    : T extends object
      ? { [Key in keyof T]: Plain<T[Key]> }
      : T;

/** What the account says about a resource: its inputs as the API reports them, and its computed outputs. */
export type Reading<Args> = { [Key in keyof Args]?: Plain<Args[Key]> | undefined } & { [output: string]: unknown };

/**
 * How one resource type is made and read. Whatever `create`, `finish` and `update` send is read back and compared with
 * what the program wrote, so an input that a row does not know is an error and never a pass.
 */
export interface ResourceType<Args> {
  /** Input with the physical name, which `Check` makes up where the program leaves it out. */
  nameInput?: "name" | "bucket";
  /** Inputs of which a change means another resource. */
  replaceOn: (keyof Args & string)[];
  /** Inputs that the emulator does not report, and why. They are believed. */
  unreported?: { [input in keyof Args & string]?: string };
  /** Nothing is called: see echoed.ts. */
  echoed?: boolean;
  /** Makes the resource; returns its id. */
  create(inputs: Plain<Args>, account: Account): Promise<string>;
  /** What creation cannot set in the same call. If it fails, the resource exists and the next deployment updates it. */
  finish?(id: string, inputs: Plain<Args>, account: Account): Promise<void>;
  /** Undefined if the resource is gone. */
  read(id: string, inputs: Plain<Args>, account: Account): Promise<Reading<Args> | undefined>;
  /** @param changed says whether one of these inputs changed. */
  update?(
    id: string,
    inputs: Plain<Args>,
    account: Account,
    changed: (...inputs: (keyof Args & string)[]) => boolean,
    old: Plain<Args>,
  ): Promise<void>;
  delete(id: string, inputs: Plain<Args>, account: Account): Promise<void>;
  /** What is still there after deletion, and why. Else the account must not have the resource any more. */
  remains?: string;
}

/** A row of the table, whatever its arguments. */
export type AnyResourceType = ResourceType<Properties>;

/** Checks a row against the arguments of its class. */
export const resourceType = <Args>(row: ResourceType<Args>): AnyResourceType => row as unknown as AnyResourceType;

/** The answer, or undefined where the API says that there is none. */
export async function unlessMissing<T>(answer: Promise<T>, ...names: string[]): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (names.includes((error as Error).name)) return undefined;
    throw error;
  }
}
