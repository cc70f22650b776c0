import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkArrived } from "../arrived";
import type { Place } from "../policyDocument";
import { arrivedStreamArn, type MonitoredTable, tableName } from "./tables";

/** A table's stream, as far as it is known. */
export interface Stream {
  table: string;
  arn: pulumi.Output<string>;
  /** Key of the records; empty where the table has none of its own. */
  keyArn: pulumi.Output<string>;
}

/** The stream of a table, given or looked up. What was not known before is checked when it arrives. */
export function streamOf(table: MonitoredTable, place: pulumi.Output<Place>, parent: pulumi.Resource): Stream {
  const { name, argument, streamArn, tableArn, keyArn } = table;
  if (streamArn !== undefined) {
    const arn = pulumi
      .all([streamArn, place])
      .apply(([known, { region }]) => checkArrived(parent, () => arrivedStreamArn(table, known, region)));
    return { table: name, arn, keyArn: pulumi.output(keyArn ?? "") };
  }
  // In the deployment's own Region: in place of a table of another one, its namesake would be found.
  const nameToFind = pulumi
    .all([tableArn!, place])
    .apply(([known, { region }]) => checkArrived(parent, () => tableName("tableArn", known, argument, region)));
  const found = aws.dynamodb.getTableOutput({ name: nameToFind }, { parent });
  const arn = pulumi
    .all([found, place])
    .apply(([{ streamEnabled, streamArn: arrived }, { region }]) =>
      checkArrived(parent, () => arrivedStreamArn(table, streamEnabled ? arrived : undefined, region)),
    );
  const keyOfTable = found.apply(({ serverSideEncryption }) => serverSideEncryption?.kmsKeyArn ?? "");
  return { table: name, arn, keyArn: pulumi.output(keyArn ?? keyOfTable) };
}
