import type * as pulumi from "@pulumi/pulumi";
import { shown } from "../../wording";
import { ArgumentError } from "../argumentError";
import { arns, readArn } from "../arns";

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
  return { ...table, name, argument };
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

function withoutStream(argument: string, table: string): ArgumentError {
  return new ArgumentError(
    argument,
    `${table} has no stream. Set streamEnabled: true and streamViewType: "NEW_AND_OLD_IMAGES" on it.`,
  );
}
