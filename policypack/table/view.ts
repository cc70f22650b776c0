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
  /** What to write in the program to get at least this tier. */
  write(tier: EncryptionTier): string;
}

/** Tags that a copy has itself. */
export interface OwnTags extends ProviderTags {
  from: "copy";
  property: string;
  /** Tags as the program wrote them. */
  tags: Reading<object>;
  /** The same with the provider's default tags, as the provider's Check computed them. */
  tagsAll: Reading<object>;
  write(keys: readonly string[]): string;
}

/** Tags that a replica gets from its table, if it gets any. */
export interface PropagatedTags {
  from: "table";
  propagated: Setting<boolean>;
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
}

/**
 * A resource that creates a table or a copy of one, whatever its type calls the properties. Policies read this and
 * nothing else; a new resource type is a new adapter.
 */
export interface TableView {
  /** The table itself first, then its replicas. */
  copies: readonly TableCopy[];
  /** Property paths whose changes the program wants ignored: an existing table keeps what it has there. */
  ignoreChanges: readonly string[];
}

/** What an adapter sees of a resource. */
export interface TableResource {
  /** Logical name. */
  name: string;
  /** Inputs, as the policy SDK hands them over. */
  props: Reading<object>;
  /** Inputs of its provider. */
  provider: Reading<object>;
  /** As in the resource's options. */
  ignoreChanges: readonly string[];
}

/** Reads resources of one type. */
export interface TableAdapter {
  /** Type token. */
  type: string;
  /** What it reads, for the pack's page. */
  covers: string;
  copies(resource: TableResource): readonly TableCopy[];
}
