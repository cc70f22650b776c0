import * as pulumi from "@pulumi/pulumi";

/** One resource that a program registered, in the order of construction. */
export interface Registration {
  /** Type token, for example `aws:s3/bucket:Bucket`. */
  type: string;
  /** Logical name. */
  name: string;
  /** Inputs as the provider would get them. An unknown value is `{ __pulumiUnknown: true }`, see `unknown`. */
  inputs: Record<string, unknown>;
  options: RegisteredOptions;
}

/** Resource options as they were given to the constructor; what was not given is absent. */
export interface RegisteredOptions {
  /** Logical name of the parent; absent for children of the stack. */
  parent?: string;
  /** Logical names of the resources that this one waits for. */
  dependsOn?: string[];
  protect?: boolean;
  retainOnDelete?: boolean;
  deleteBeforeReplace?: boolean;
  ignoreChanges?: string[];
}

export interface MockSettings {
  /** Default `detective`. */
  project?: string;
  /** Default `test`. */
  stack?: string;
  /** Configuration with its namespace, for example `{ "aws:region": "eu-central-1" }`. */
  config?: Record<string, string>;
  /** In a preview, ids and ARNs are unknown. Default false. */
  preview?: boolean;
  partition?: string;
  region?: string;
  accountId?: string;
  /** Outputs of a resource that differ from the deterministic ones, for example `streamArn` of a table. */
  outputs?: (type: string, name: string, inputs: Record<string, unknown>) => Record<string, unknown> | undefined;
  /** Answers to provider functions other than partition, Region and account. */
  call?: (token: string, inputs: Record<string, unknown>) => Record<string, unknown> | undefined;
}

/** How an unknown value arrives in the inputs of a preview. */
export const unknown = { __pulumiUnknown: true };

/** Account and Region of every mocked deployment that does not say otherwise. */
export const account = "111122223333";
export const region = "eu-central-1";

/** The 26 characters that the provider appends to a name prefix. */
export const randomSuffix = "20260102030405060700000001";

/** What one program registered. */
export class Deployment<T> {
  constructor(
    /** What the program returned. */
    readonly result: T,
    /** Every resource but the stack. */
    readonly resources: readonly Registration[],
  ) {}

  /** The one resource of this type and logical name. */
  resource(type: string, name: string): Registration {
    const found = this.resources.find((resource) => resource.type === type && resource.name === name);
    if (!found) throw new Error(`no ${type} ${name}; registered: \n${this.tree().join("\n")}`);
    return found;
  }

  ofType(type: string): Registration[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** `type name` of each child, in the order of construction. */
  children(parent: string): string[] {
    return this.resources.filter(({ options }) => options.parent === parent).map(({ type, name }) => `${type} ${name}`);
  }

  /** `type name` of each resource, in the order of construction. */
  tree(): string[] {
    return this.resources.map(({ type, name }) => `${type} ${name}`);
  }

  /** A policy document among the inputs, parsed. */
  policy<P = { Version: string; Statement: Record<string, unknown>[] }>(type: string, name: string, key = "policy"): P {
    return JSON.parse(this.resource(type, name).inputs[key] as string) as P;
  }
}

/** Runs a program against mocks until every resource is registered. Rejects with what the program throws. */
export async function deploy<T>(program: () => T, settings: MockSettings = {}): Promise<Deployment<T>> {
  const { result, error, resources } = await run(program, settings);
  if (error !== undefined) throw error;
  return new Deployment(result as T, resources);
}

/** Runs a program that has to fail: its error, and what it had registered until then. */
export async function refused(
  program: () => unknown,
  settings: MockSettings = {},
): Promise<{ error: Error; registered: string[] }> {
  const { error, resources } = await run(program, settings);
  if (!(error instanceof Error)) throw new Error(`the program was expected to throw, got ${String(error)}`);
  return { error, registered: new Deployment(undefined, resources).tree() };
}

/** The value of an output; `undefined` where it is unknown. */
export async function resolved<T>(output: pulumi.Output<T>): Promise<T> {
  // `promise` is not in the public typings, but unlike `apply` it also ends for an unknown value.
  return (output as unknown as { promise(): Promise<T> }).promise();
}

async function run<T>(program: () => T, settings: MockSettings) {
  const { project = "detective", stack = "test", preview = false } = settings;
  const records = new Map<string, Registration>();
  let result: T | undefined;
  let error: unknown;

  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }) => {
        const record = records.get(`${type} ${name}`);
        if (record) record.inputs = inputs;
        // A mocked property that is missing from the state is unknown in a preview.
        if (preview) return { id: undefined, state: inputs };
        const state = { ...inputs, ...outputsOf(type, name, inputs, settings) };
        return { id: id || String(state.id ?? `${name}-id`), state };
      },
      call: ({ token, inputs }) => answer(token, inputs, settings),
    },
    project,
    stack,
    preview,
  );
  pulumi.runtime.setAllConfig(settings.config ?? {});

  await pulumi.runtime.runInPulumiStack(async () => {
    // Options are seen by transformations only, and those have to be registered inside the stack.
    pulumi.runtime.registerStackTransformation(({ type, name, opts }) => {
      const key = `${type} ${name}`;
      if (records.has(key)) throw new Error(`registered twice: ${key}`);
      records.set(key, { type, name, inputs: {}, options: recorded(opts) });
      return undefined;
    });
    try {
      result = program();
    } catch (thrown) {
      error = thrown;
    }
  });
  // One awaited output does not mean that all children are registered; this drains the queue.
  await pulumi.runtime.disconnect();
  return { result, error, resources: [...records.values()] };
}

function recorded(options: pulumi.CustomResourceOptions): RegisteredOptions {
  const { protect, retainOnDelete, deleteBeforeReplace, ignoreChanges, dependsOn } = options;
  const waitsFor = dependsOn === undefined ? undefined : [dependsOn].flat().map(logicalName);
  const parent = options.parent === undefined ? undefined : logicalName(options.parent);
  const all = { parent, dependsOn: waitsFor, protect, retainOnDelete, deleteBeforeReplace, ignoreChanges };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function logicalName(resource: unknown): string {
  return (resource as { __name?: string }).__name ?? "[output]";
}

function answer(token: string, inputs: Record<string, unknown>, settings: MockSettings): Record<string, unknown> {
  const place = { partition: settings.partition ?? "aws", region: settings.region ?? region };
  switch (token) {
    case "aws:index/getPartition:getPartition":
      return { id: place.partition, partition: place.partition, dnsSuffix: "amazonaws.com" };
    case "aws:index/getRegion:getRegion":
      return { id: place.region, region: place.region, name: place.region };
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { id: settings.accountId ?? account, accountId: settings.accountId ?? account };
  }
  const answered = settings.call?.(token, inputs);
  if (!answered) throw new Error(`no mock answers ${token} ${JSON.stringify(inputs)}`);
  return answered;
}

/** Deterministic outputs: physical names, ids and ARNs as AWS would write them. */
function outputsOf(type: string, name: string, inputs: Record<string, unknown>, settings: MockSettings) {
  const at = `${settings.region ?? region}:${settings.accountId ?? account}`;
  const arn = (rest: string) => `arn:${settings.partition ?? "aws"}:${rest}`;
  const prefix = (inputs.namePrefix ?? inputs.bucketPrefix) as string | undefined;
  const physical = (inputs.name ?? inputs.bucket ?? (prefix ? `${prefix}${randomSuffix}` : name)) as string;

  const known: Record<string, () => Record<string, unknown>> = {
    "aws:s3/bucket:Bucket": () => ({ id: physical, bucket: physical, arn: arn(`s3:::${physical}`) }),
    "aws:kms/key:Key": () => ({ id: `${name}-id`, keyId: `${name}-id`, arn: arn(`kms:${at}:key/${name}-id`) }),
    "aws:kms/alias:Alias": () => ({ id: physical, arn: arn(`kms:${at}:${physical}`) }),
    "aws:cloudwatch/logGroup:LogGroup": () => named(physical, arn(`logs:${at}:log-group:${physical}`)),
    "aws:cloudwatch/metricAlarm:MetricAlarm": () => named(physical, arn(`cloudwatch:${at}:alarm:${physical}`)),
    "aws:cloudwatch/eventBus:EventBus": () => named(physical, arn(`events:${at}:event-bus/${physical}`)),
    "aws:cloudwatch/eventRule:EventRule": () => named(physical, arn(`events:${at}:rule/${physical}`)),
    "aws:cloudtrail/trail:Trail": () => named(physical, arn(`cloudtrail:${at}:trail/${physical}`)),
    "aws:iam/role:Role": () => named(physical, arn(`iam::${settings.accountId ?? account}:role/${physical}`)),
    "aws:sns/topic:Topic": () => {
      const topic = arn(`sns:${at}:${physical}`);
      return { id: topic, name: physical, arn: topic };
    },
    "aws:sqs/queue:Queue": () => {
      const url = `https://sqs.${settings.region ?? region}.amazonaws.com/${settings.accountId ?? account}/${physical}`;
      return { id: url, url, name: physical, arn: arn(`sqs:${at}:${physical}`) };
    },
    "aws:lambda/function:Function": () => named(physical, arn(`lambda:${at}:function:${physical}`)),
    "aws:dynamodb/table:Table": () => named(physical, arn(`dynamodb:${at}:table/${physical}`)),
  };
  const service = type.split(":")[1]?.split("/")[0];
  const fallback = () => named(physical, arn(`${service}:${at}:${physical}`));
  return { ...(known[type] ?? fallback)(), ...settings.outputs?.(type, name, inputs) };
}

function named(name: string, arn: string) {
  return { id: name, name, arn };
}
