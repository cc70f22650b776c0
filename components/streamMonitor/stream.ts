import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkArrived } from "../arrived";
import type { Place } from "../policyDocument";
import { arrivedStreamArn, checkViewType, type MonitoredTable, tableArnOf, tableName } from "./tables";

/** A table's stream, as far as it is known. */
export interface Stream {
  table: string;
  arn: pulumi.Output<string>;
  /** Name of the table as its ARN has it, which the caller's name for it need not be. */
  tableName: pulumi.Output<string>;
  /** Key of the records; empty where the table has none of its own. */
  keyArn: pulumi.Output<string>;
}

/** The stream of a table, given or looked up. What was not known before is checked when it arrives. */
export function streamOf(table: MonitoredTable, place: pulumi.Output<Place>, parent: pulumi.Resource): Stream {
  const { name, argument, streamArn, tableArn, keyArn, streamViewType } = table;
  if (streamArn !== undefined) {
    const arn = pulumi
      .all([streamArn, place])
      .apply(([known, { region }]) => checkArrived(parent, () => arrivedStreamArn(table, known, region)));
    return withName({
      table: name,
      arn: seeing(table, arn, streamViewType, parent),
      keyArn: pulumi.output(keyArn ?? ""),
    });
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
  const viewType = streamViewType ?? found.apply((known) => known.streamViewType);
  return withName({
    table: name,
    arn: seeing(table, arn, viewType, parent),
    keyArn: pulumi.output(keyArn ?? keyOfTable),
  });
}

const withName = (stream: Omit<Stream, "tableName">): Stream => ({
  ...stream,
  tableName: stream.arn.apply((arn) => tableArnOf(arn).split("/")[1]!),
});

/** The stream's ARN, once it is known that the stream carries the images that the table's detections compare. */
function seeing(
  table: MonitoredTable,
  arn: pulumi.Output<string>,
  viewType: pulumi.Input<string> | undefined,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  if (viewType === undefined) return arn;
  return pulumi.all([arn, viewType]).apply(([known, arrived]) => {
    checkArrived(parent, () => checkViewType(table, arrived));
    return known;
  });
}
