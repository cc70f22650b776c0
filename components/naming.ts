import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/** Longest name that AWS takes, and whether it must be lower case. Prefixes leave room for the provider's suffix. */
const limits = {
  alarm: 255,
  bucketPrefix: 37, // the provider appends 26 characters; a bucket name has at most 63
  configRule: 128,
  configName: 256, // recorder and delivery channel
  eventRule: 64,
  function: 64,
  keyAlias: 250, // 256 with `alias/`
  logGroup: 512,
  logGroupPrefix: 486,
  metricFilter: 512,
  metricNamespace: 255,
  queue: 80,
  role: 64,
  ssmDocument: 128,
  topic: 256,
  trail: 128,
} as const;
export type PhysicalKind = keyof typeof limits;

/**
 * Names of one component's children. Logical names are `<component>-<suffix>` and are identity: never change one
 * without an alias. Physical names are `<project>-<stack>-<component>-<suffix>`, so that two stacks can share an
 * account; where the component is named after the project, the project is not said twice.
 */
export class Names {
  private readonly scope: string;

  constructor(
    private readonly component: string,
    private readonly project = pulumi.getProject(),
    private readonly stack = pulumi.getStack(),
  ) {
    const inside = component.startsWith(`${project}-`);
    this.scope = component === project ? "" : inside ? component.slice(project.length + 1) : component;
  }

  /** Logical name of a child. */
  child(...suffix: string[]): string {
    return [this.component, ...suffix].join("-");
  }

  /**
   * Physical name of a child. Where it would exceed AWS's limit: a prefix, which the provider makes unique, goes without
   * the component; any other name keeps its beginning and its suffix and gets a hash of the whole in the middle, so that
   * it stays unique and the same on every run.
   */
  physical(kind: PhysicalKind, ...suffix: string[]): string {
    // A prefix ends with the dash that separates it from the provider's random suffix.
    const prefix = kind.endsWith("Prefix");
    const end = prefix ? "-" : "";
    const limit = limits[kind] - end.length;
    const joined = (...parts: string[]) => adapt(kind, parts.filter((part) => part !== "").join("-"));

    const full = joined(this.project, this.stack, this.scope, ...suffix);
    if (full.length <= limit) return full + end;
    const withoutComponent = joined(this.project, this.stack, ...suffix);
    if (prefix) {
      if (withoutComponent.length <= limit) return withoutComponent + end;
      // Project and stack keep their beginnings, and a hash keeps stacks apart that begin alike.
      const rest = joined(hashOf(withoutComponent).slice(0, 4), ...suffix);
      const half = Math.floor((limit - rest.length - 2) / 2);
      const stackPart = this.stack.slice(0, Math.max(half, limit - rest.length - 2 - this.project.length));
      return joined(this.project.slice(0, limit - rest.length - 2 - stackPart.length), stackPart, rest) + end;
    }

    const hash = hashOf(full).slice(0, 8);
    const tail = joined(...suffix).slice(-(limit - hash.length - 6));
    const head = full.slice(0, limit - tail.length - hash.length - 2).replace(/[-.]+$/, "");
    return [head, hash, tail].join("-") + end;
  }

  /** Namespace of the component's CloudWatch metrics. */
  metricNamespace(): string {
    const namespace = [this.project, this.stack, this.scope].filter((part) => part !== "").join("/");
    return namespace.length <= limits.metricNamespace ? namespace : this.physical("metricNamespace");
  }
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

function adapt(kind: PhysicalKind, name: string): string {
  if (kind === "bucketPrefix") return name.toLowerCase().replace(/[^a-z0-9-]+/g, "-");
  // Pulumi project and stack names may hold dots; most AWS names may not.
  return kind === "logGroup" || kind === "logGroupPrefix" ? name : name.replace(/[^A-Za-z0-9_-]+/g, "-");
}
