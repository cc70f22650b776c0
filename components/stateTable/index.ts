import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { customerKey } from "../customerKey";
import { Names } from "../naming";
import { keyAdministration, placeOf } from "../policyDocument";

export interface StateTableArgs {
  /**
   * Customer managed key of the table. Its policy must let IAM of the account use it. Default: a key of its own.
   */
  kmsKeyArn?: pulumi.Input<string>;
  /**
   * Tags for table and key, beside `Security`, `Confidentiality` and `Environment`, which the table always has: "high",
   * "restricted" and the stack's name unless these say otherwise. Default: none.
   */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}

/**
 * The table in which the functions of this project keep their state: encrypted with a customer managed key, protected
 * from deletion, recoverable, with time to live. It stays when the stack is destroyed, since AWS refuses to delete a
 * protected table; it holds nothing but what was learnt.
 */
export class StateTable extends pulumi.ComponentResource {
  /** Name of the table. It ends with digits of its own, so that a kept table never collides with a later one. */
  public readonly tableName: pulumi.Output<string>;
  /** ARN of the table. */
  public readonly tableArn: pulumi.Output<string>;
  /** Key of the table. */
  public readonly keyArn: pulumi.Output<string>;

  /**
   * @param name Logical name; part of every physical name.
   * @param args Key and tags.
   * @param opts Resource options of the component.
   */
  constructor(name: string, args: StateTableArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("dynamodb-detective:index:StateTable", name, {}, opts);
    const names = new Names(name);
    const kept = { parent: this, retainOnDelete: true };

    const keyArn = pulumi.output(args.kmsKeyArn ?? ownKey(names, args, this));
    const table = new aws.dynamodb.Table(
      names.child("table"),
      {
        name: keyArn.apply((arn) => names.physical("tablePrefix") + suffixOf(arn)),
        billingMode: "PAY_PER_REQUEST",
        hashKey: "pk",
        rangeKey: "sk",
        attributes: [
          { name: "pk", type: "S" },
          { name: "sk", type: "S" },
        ],
        ttl: { attributeName: "expiresAt", enabled: true },
        serverSideEncryption: { enabled: true, kmsKeyArn: keyArn },
        pointInTimeRecovery: { enabled: true },
        deletionProtectionEnabled: true,
        tags: withRequired(args.tags),
      },
      kept,
    );

    this.tableName = table.name;
    this.tableArn = table.arn;
    this.keyArn = keyArn;
    this.registerOutputs({ tableName: this.tableName, tableArn: this.tableArn, keyArn: this.keyArn });
  }
}

/** How the names of a state table begin, with a `*` for the rest: known before deployment. */
export const stateTablePattern = (name: string): string => stateTablePatternOf(new Names(name));

/** The provider makes each key's id anew. */
const suffixOf = (keyArn: string): string => createHash("sha256").update(keyArn).digest("hex").slice(0, 8);

function ownKey(names: Names, { tags }: StateTableArgs, parent: StateTable): pulumi.Output<string> {
  return customerKey(
    names,
    {
      description: `State of the detectors: table ${stateTablePatternOf(names)}`,
      statements: placeOf(parent).apply((at) => [keyAdministration(at)]),
      tags,
    },
    { parent, retainOnDelete: true },
    { parent },
  ).arn;
}

const stateTablePatternOf = (names: Names): string => `${names.physical("tablePrefix")}*`;

/** Tags that our own policy pack asks of every table. */
function withRequired(tags: StateTableArgs["tags"]): pulumi.Output<{ [key: string]: string }> {
  return pulumi.output(tags ?? {}).apply((given): { [key: string]: string } => ({
    Security: "high",
    Confidentiality: "restricted",
    Environment: pulumi.getStack(),
    ...given,
  }));
}
