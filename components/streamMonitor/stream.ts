import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ArgumentError } from "../argumentError";
import type { Place } from "../policyDocument";
import { type MonitoredTable, tableName, withoutStream } from "./tables";

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
  const stop = ({ message }: ArgumentError) => new pulumi.ResourceError(message, parent, true);
  const nameIn = (arn: string, key: string, region: string) => {
    try {
      return tableName(arn, `${argument}.${key}`, region);
    } catch (error) {
      throw stop(error as ArgumentError);
    }
  };

  if (streamArn !== undefined) {
    const arn = pulumi.all([streamArn, place]).apply(([known, { region }]) => {
      if (!known) throw stop(withoutStream(`${argument}.streamArn`, `table ${name}`));
      nameIn(known, "streamArn", region);
      return known;
    });
    return { table: name, arn, keyArn: pulumi.output(keyArn ?? "") };
  }
  const lookedUp = aws.dynamodb.getTableOutput(
    // In the deployment's own Region: a table of another one with the same name would be found in its place.
    { name: pulumi.all([tableArn!, place]).apply(([known, { region }]) => nameIn(known, "tableArn", region)) },
    { parent },
  );
  const arn = lookedUp.apply(({ streamEnabled, streamArn: found }) => {
    if (!streamEnabled || !found) throw stop(withoutStream(argument, `table ${name}`));
    return found;
  });
  const keyOfTable = lookedUp.apply(({ serverSideEncryption }) => serverSideEncryption?.kmsKeyArn ?? "");
  return { table: name, arn, keyArn: pulumi.output(keyArn ?? keyOfTable) };
}
