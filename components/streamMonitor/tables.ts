import type * as pulumi from "@pulumi/pulumi";
import { shown, unknownName } from "../../wording";
import { ArgumentError } from "../argumentError";
import { arns, readArn } from "../arns";
import type { GuardedChange, ItemDetectionSettingsArgs } from "./itemDetectionSettings";

/** A table whose item changes are monitored. Give `streamArn` or `tableArn`. */
export interface MonitoredTableArgs {
  /**
   * Name of the table. It becomes part of the mapping's logical name, so changing it replaces the mapping. Default: read
   * from the ARN; needed where the ARN is known after deployment only.
   */
  name?: string;
  /** ARN of the table's stream, for example `table.streamArn`. */
  streamArn?: pulumi.Input<string>;
  /** ARN of the table; its stream and its key are looked up. */
  tableArn?: pulumi.Input<string>;
  /** Customer managed key of the table. Default: with `tableArn` the key that the table has, otherwise none. */
  keyArn?: pulumi.Input<string>;
  /**
   * View type of the stream, for example `table.streamViewType`. Whatever compares an item with what it was before needs
   * `NEW_AND_OLD_IMAGES`. Default: with `tableArn` that of the stream, otherwise not checked.
   */
  streamViewType?: pulumi.Input<string>;

  /**
   * Attributes whose change is a finding, as document paths: `status`, inside maps and lists `limits.daily` and
   * `owners[0]`. Default: none.
   */
  guardedAttributes?: string[];
  /** Kinds of changes that count for guarded attributes. Default: MODIFY. */
  guardedChanges?: GuardedChange[];
  /** Whether each change of the table is worth a finding. Default: what `tags` say, by the monitor's `confidentialTags`. */
  confidential?: boolean;
  /** Tags of the table, as the program gives them to it. Default: none. */
  tags?: { [key: string]: string };
  /** Attribute of time to live: an existing item that is given an early expiry is a finding. Default: not watched. */
  timeToLiveAttribute?: string;
  /** Changes to detections of this table, by detection id. Default: those of the monitor. */
  detections?: { [id: string]: ItemDetectionSettingsArgs };
}

/** A table that was checked as far as its values are known before deployment. */
export interface MonitoredTable extends MonitoredTableArgs {
  name: string;
  /** Where the table is in the arguments, for messages. */
  argument: string;
}

/** Checks the tables and names each. Throws ArgumentError. */
export function planTables(tables: MonitoredTableArgs[], region?: string): MonitoredTable[] {
  if (tables.length === 0) throw new ArgumentError("tables", "is empty. Give at least one table.");
  const planned = tables.map((table, i) => planTable(table, `tables[${i}]`, region));
  for (const [i, { name, argument }] of planned.entries()) {
    const first = planned.findIndex((other) => other.name === name);
    if (first < i) {
      throw new ArgumentError(argument, `is named ${shown(name)} like tables[${first}]. List a table once.`);
    }
  }
  return planned;
}

function planTable(table: MonitoredTableArgs, argument: string, region?: string): MonitoredTable {
  const { streamArn, tableArn, keyArn } = table;
  if ((streamArn === undefined) === (tableArn === undefined)) {
    const problem = streamArn === undefined ? "has neither streamArn nor tableArn" : "has both streamArn and tableArn";
    throw new ArgumentError(argument, `${problem}. Give one of them.`);
  }
  if (typeof keyArn === "string") readArn(`${argument}.keyArn`, arns.key, keyArn);
  if (streamArn === "") throw withoutStream(`${argument}.streamArn`, "the table");
  const fromArn =
    typeof streamArn === "string"
      ? tableName("streamArn", streamArn, argument, region)
      : typeof tableArn === "string"
        ? tableName("tableArn", tableArn, argument, region)
        : undefined;
  const name = table.name ?? fromArn;
  if (name === undefined) {
    throw new ArgumentError(
      `${argument}.name`,
      "is missing. It becomes part of a resource's name, and the ARN is known after deployment only. Write the table's name.",
    );
  }
  if (!/^[A-Za-z0-9_.-]{1,255}$/.test(name)) {
    throw new ArgumentError(
      `${argument}.name`,
      `${shown(name)} is no table name. Write letters, digits and _ . - only.`,
    );
  }
  const planned = { ...table, name, argument };
  checkKnownViewType(planned);
  return planned;
}

const viewTypes = ["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"];

function checkKnownViewType(table: MonitoredTable): void {
  const { argument, streamViewType } = table;
  if (typeof streamViewType !== "string") return;
  if (!viewTypes.includes(streamViewType)) {
    throw new ArgumentError(`${argument}.streamViewType`, unknownName("view type", streamViewType, viewTypes));
  }
  checkViewType(table, streamViewType);
}

/** What is found when a stream's ARN arrives. Throws ArgumentError for a table without one, or of another Region. */
export function arrivedStreamArn(table: MonitoredTable, arn: string | undefined, region: string): string {
  const key = table.streamArn === undefined ? "tableArn" : "streamArn";
  if (!arn) throw withoutStream(`${table.argument}.${key}`, `table ${table.name}`);
  tableName("streamArn", arn, table.argument, region);
  return arn;
}

/**
 * The table's name, from its ARN or its stream's. Throws ArgumentError for what is not such an ARN, and for one of
 * another Region, which a mapping could not read.
 */
export function tableName(key: "tableArn" | "streamArn", arn: string, argument: string, region?: string): string {
  const shape = key === "tableArn" ? arns.table : arns.stream;
  const { region: arnRegion, name } = readArn(`${argument}.${key}`, shape, arn);
  if (region !== undefined && arnRegion !== region) {
    throw new ArgumentError(
      `${argument}.${key}`,
      `${shown(arn)} is in ${arnRegion}, and a function reads streams of its own Region only. ` +
        `Give a table of ${region}, or deploy another stack to ${arnRegion}.`,
    );
  }
  return name!;
}

/** ARN of the table that has this stream. */
export const tableArnOf = (streamArn: string): string => streamArn.replace(/\/stream\/.*$/, "");

/** Arguments of a table that need both images of an item. */
export const comparing = (table: MonitoredTableArgs): ("guardedAttributes" | "timeToLiveAttribute")[] =>
  (["guardedAttributes", "timeToLiveAttribute"] as const).filter((key) => table[key]?.length);

/** Throws ArgumentError for a stream that does not carry what the table's detections compare. */
export function checkViewType(table: MonitoredTable, viewType: string | undefined): void {
  const [needs] = comparing(table);
  if (needs === undefined || viewType === "NEW_AND_OLD_IMAGES") return;
  throw new ArgumentError(
    `${table.argument}.${needs}`,
    `compares an item with what it was before, and the stream of ${table.name} has the view type ${shown(viewType ?? "")}. ` +
      `Set streamViewType: "NEW_AND_OLD_IMAGES" on the table, or leave ${needs} out.`,
  );
}

function withoutStream(argument: string, table: string): ArgumentError {
  return new ArgumentError(
    argument,
    `${table} has no stream. Set streamEnabled: true and streamViewType: "NEW_AND_OLD_IMAGES" on it.`,
  );
}
