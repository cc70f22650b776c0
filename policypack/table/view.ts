import type { Change } from "../change";
import type { Declared, Unreadable } from "../declared/declared";
import type { EncryptionTier, TierRange } from "./encryption";
import type { ProviderTags } from "./providerTags";
import type { Malformed, Reading } from "./reading";

/** A property of a copy, as written, with what AWS does if it is not written. */
export interface Setting<T> {
  /** Path from the resource's arguments, for example `replicas[0].deletionProtectionEnabled`. */
  property: string;
  written: Reading<T>;
  /** What AWS does when the property is absent. */
  otherwise: T;
  /** What to write in the program to get this value. */
  write(value: T): string;
}

/** Encryption at rest, as the tiers that are possible. */
export interface Encryption {
  property: string;
  tier: TierRange | Malformed;
  /** Completes "is undecided: …" where more than one tier is possible. */
  openBecause: string;
  /** Switches encryption with a key in KMS on. Absent where the table does, and not the copy. */
  flag?: Setting<boolean>;
  /** What to write in the program to get at least this tier. */
  write(tier: EncryptionTier): string;
}

/** Tags that a copy has itself. */
export interface OwnTags extends ProviderTags {
  from: "copy";
  property: string;
  /** Path of one tag, as `ignoreChanges` has it. */
  pathOf(key: string): string;
  /** Tags as the program wrote them. */
  tags: Reading<object>;
  /** The same with the provider's default tags, as the provider's Check computed them. */
  tagsAll: Reading<object>;
  write(keys: readonly string[]): string;
  /** What to set so that it has these tags too. */
  add(tags: readonly (readonly [string, string])[]): Change[];
}

/** Tags that a replica gets from its table, if it gets any. */
export interface PropagatedTags {
  from: "table";
  propagated: Setting<boolean>;
}

/** A policy that says who may use a table or its stream. */
export interface AttachedPolicy {
  property: string;
  /** Names it at the start of a sentence: `Policy of table "orders"`. */
  label: string;
  document: Reading<object | string>;
}

/**
 * One copy of a table's items, in one Region. Deletion protection, point-in-time recovery, keys and tags are never
 * synchronized between copies, so each is judged on its own.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html
 */
export interface TableCopy {
  /** Names the copy at the start of a sentence: `Table "orders"`, `Replica eu-west-1 of table "orders"`. */
  label: string;
  /** The program does not write it, and ignores changes of it: a table that exists may have it all the same. */
  unwritten?: true;
  deletionProtection: Setting<boolean>;
  pointInTimeRecovery: Setting<boolean>;
  /** How many days back point-in-time recovery reaches, 1 to 35. */
  recoveryPeriodInDays: Setting<number>;
  encryption: Encryption;
  tags: OwnTags | PropagatedTags;
  /** `STANDARD` or `STANDARD_INFREQUENT_ACCESS`. Absent: that of its table. */
  tableClass?: Setting<string>;
  /** Absent: another resource says it. */
  contributorInsights?: Setting<boolean>;
  /** ARN of the Kinesis data stream that gets its changes. Absent: another resource says it. */
  kinesisStream?: { property: string; holder: Reading<object>; arn: Reading<string> };
  /** Those that are written with the copy. */
  resourcePolicies: readonly AttachedPolicy[];
}

/** What is the same in all copies of a table. */
export interface TableSettings {
  /** What a stream holds: `KEYS_ONLY`, `NEW_IMAGE`, `OLD_IMAGE` or `NEW_AND_OLD_IMAGES`; `NONE` without a stream. */
  stream: Setting<string>;
  timeToLive: { property: string; enabled: Reading<boolean>; attribute: Reading<string> };
  billingMode: Setting<string>;
  /** Most read and write units in a second; `Infinity` without a limit. Of the table itself, not of its indexes. */
  readLimit: Setting<number>;
  writeLimit: Setting<number>;
}

/**
 * A resource that creates a table or a copy of one, whatever its type calls the properties. Policies read this and
 * nothing else; a new resource type is a new adapter.
 */
export interface TableView {
  /** Names it at the start of a sentence: `Table "orders"`. */
  label: string;
  /** Physical name, where the type has one. */
  name: Reading<string>;
  /** The table itself first, then its replicas. */
  copies: readonly TableCopy[];
  /** Absent for a copy of a table that another resource creates. */
  settings?: TableSettings;
  /** Paths in `ignoreChanges` that touch one of these properties: an existing table keeps what it has there. */
  ignored(properties: readonly string[]): readonly string[];
  /** The resource option `protect`. */
  protect: boolean;
  /** Its properties are inputs of the Pulumi resource, so that a policy may set them. */
  direct: boolean;
}

/** Reads resources of one type. */
export interface TableAdapter {
  /** Type token, or a type of CloudFormation. */
  type: string;
  view(resource: Declared): TableView | Unreadable;
}

export const isUnreadable = (view: TableView | Unreadable): view is Unreadable => "why" in view;
