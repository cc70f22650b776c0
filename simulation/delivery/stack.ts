import { type RegisteredResource, unknownText } from "../../stack/registered";
import { InputError } from "../inputError";

/** A registered resource with the ids and ARNs of a resolved preview or of a stack export. */
export interface ResolvedResource extends RegisteredResource {
  id?: string;
  outputs?: Record<string, unknown>;
}

/** Types whose inputs decide whether an event arrives. */
export const resourceTypes = {
  alarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
  bucket: "aws:s3/bucket:Bucket",
  bucketPolicy: "aws:s3/bucketPolicy:BucketPolicy",
  eventRule: "aws:cloudwatch/eventRule:EventRule",
  eventTarget: "aws:cloudwatch/eventTarget:EventTarget",
  function: "aws:lambda/function:Function",
  invokeConfig: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  functionPermission: "aws:lambda/permission:Permission",
  key: "aws:kms/key:Key",
  keyAlias: "aws:kms/alias:Alias",
  logGroup: "aws:cloudwatch/logGroup:LogGroup",
  metricFilter: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
  queue: "aws:sqs/queue:Queue",
  queuePolicy: "aws:sqs/queuePolicy:QueuePolicy",
  role: "aws:iam/role:Role",
  rolePolicy: "aws:iam/rolePolicy:RolePolicy",
  rolePolicyAttachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  policy: "aws:iam/policy:Policy",
  subscription: "aws:sns/topicSubscription:TopicSubscription",
  table: "aws:dynamodb/table:Table",
  subscriptionFilter: "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
  topic: "aws:sns/topic:Topic",
  topicPolicy: "aws:sns/topicPolicy:TopicPolicy",
  trail: "aws:cloudtrail/trail:Trail",
} as const;
type ResourceKind = keyof typeof resourceTypes;

/** The resources of a stack by what refers to them: ARNs, names and ids. */
export class Stack {
  private readonly kinds = new Map<string, ResolvedResource[]>();

  constructor(resources: readonly ResolvedResource[]) {
    // Tables are no hop themselves: a program may have others whose names are not known.
    const { table, ...wired } = resourceTypes;
    const types = new Set<string>(Object.values(wired));
    for (const resource of resources) if (types.has(resource.type)) checkResolved(resource);
    for (const resource of resources.map(asNamed)) {
      const others = this.kinds.get(resource.type);
      if (others) others.push(resource);
      else this.kinds.set(resource.type, [resource]);
    }
  }

  all(kind: ResourceKind): readonly ResolvedResource[] {
    return this.kinds.get(resourceTypes[kind]) ?? [];
  }

  /** The resource of which a property or the id has this value. */
  find(kind: ResourceKind, value: unknown, ...properties: string[]): ResolvedResource | undefined {
    if (typeof value !== "string" || value === "") return undefined;
    return this.all(kind).find(
      (resource) =>
        (properties.includes("id") && resource.id === value) ||
        properties.some((property) => propertyOf(resource, property) === value),
    );
  }

  /** The key that an id, an ARN or an alias names. */
  key(name: string): ResolvedResource | undefined {
    const alias = this.find("keyAlias", name, "name", "arn");
    const id = alias ? textOf(alias, "targetKeyId") : name;
    return this.find("key", id, "id", "keyId", "arn");
  }
}

/** A property as registered: the input, else what the provider made of its absence. */
export function propertyOf(resource: ResolvedResource, property: string): unknown {
  return resource.inputs[property] ?? resource.outputs?.[property];
}

export function textOf(resource: ResolvedResource, property: string): string {
  const value = propertyOf(resource, property);
  return typeof value === "string" ? value : "";
}

/**
 * A resource with the id and the ARN of its name. They differ where inputs were changed since the outputs were written, to
 * ask what would then happen.
 */
function asNamed(resource: ResolvedResource): ResolvedResource {
  const property = resource.type === resourceTypes.bucket ? "bucket" : "name";
  const [name, old] = [resource.inputs[property], resource.outputs?.[property]];
  if (typeof name !== "string" || typeof old !== "string" || name === old) return resource;
  const renamed = (value: unknown): unknown =>
    typeof value === "string" && (value === old || value.endsWith(`:${old}`) || value.endsWith(`/${old}`))
      ? value.slice(0, value.length - old.length) + name
      : value;
  const outputs = Object.fromEntries(
    Object.entries(resource.outputs ?? {}).map(([key, value]) => [key, renamed(value)]),
  );
  return { ...resource, outputs, ...(resource.id !== undefined && { id: renamed(resource.id) as string }) };
}

function checkResolved(resource: ResolvedResource): void {
  const path = unknownPath(resource.inputs);
  if (path !== undefined) {
    throw new InputError(
      resource.name,
      path,
      "is not known before deployment, and the wiring hangs on it. Preview with --resolved, or give a stack export.",
    );
  }
}

/** Where a value is unknown. */
function unknownPath(value: unknown, path = ""): string | undefined {
  if (value === unknownText) return path;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = unknownPath(inner, Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
