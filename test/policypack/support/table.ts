/** Resources of the types that the pack understands. Each starts compliant; a test changes one property. */

/** What stands for an unknown value on the wire, whatever its type. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A secret value as it travels on the wire. */
export function secret(value: unknown): object {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

export interface TestResource {
  type: string;
  name: string;
  props: Record<string, unknown>;
  ignoreChanges?: string[];
  /** The resource option. Default false. */
  protect?: boolean;
  /** URNs of the resources that each property's value was made of. */
  dependencies?: Record<string, string[]>;
  /** Inputs of its provider, which the engine always names. Default: nothing configured. */
  provider?: Record<string, unknown>;
}

export const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1b2c3d4e-5f60-7182-93a4-b5c6d7e8f901";
export const tags = { Security: "high", Confidentiality: "internal", Environment: "production" };

export function table(change: Record<string, unknown> = {}): TestResource {
  return {
    type: "aws:dynamodb/table:Table",
    name: "orders",
    props: {
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
      billingMode: "PAY_PER_REQUEST",
      deletionProtectionEnabled: true,
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      tags,
      tagsAll: tags,
      ...change,
    },
  };
}

/** An entry of `replicas`. */
export function replica(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    regionName: "eu-west-1",
    deletionProtectionEnabled: true,
    pointInTimeRecovery: true,
    kmsKeyArn: keyArn.replace("eu-central-1", "eu-west-1"),
    propagateTags: true,
    ...change,
  };
}

export function tableReplica(change: Record<string, unknown> = {}): TestResource {
  return {
    type: "aws:dynamodb/tableReplica:TableReplica",
    name: "orders-eu",
    props: {
      globalTableArn: "arn:aws:dynamodb:eu-central-1:111122223333:table/orders",
      deletionProtectionEnabled: true,
      pointInTimeRecovery: true,
      kmsKeyArn: keyArn,
      tags,
      tagsAll: tags,
      ...change,
    },
  };
}
