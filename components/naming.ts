import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { shown } from "../wording";
import { ArgumentError } from "./argumentError";

/** Longest name that AWS takes. Prefixes leave room for the 26 characters that the provider appends. */
const limits = {
  alarm: 255,
  bucketPrefix: 37,
  chatConfiguration: 128,
  configRule: 128,
  configName: 256, // recorder and delivery channel
  eventBus: 256,
  eventRule: 64,
  function: 64,
  keyAlias: 250, // 256 with `alias/`
  logGroupPrefix: 486,
  metricFilter: 512,
  metricNamespace: 255,
  queue: 80,
  role: 64,
  ssmDocument: 128,
  subscriptionFilter: 512,
  tablePrefix: 246, // 255 with eight digits that make it unique
  topic: 256,
  trail: 128,
} as const;
export type PhysicalKind = keyof typeof limits;

/** Characters that project and stack keep beside the longest suffix. */
const shortestHead = 8;

/** Room that the beginning of an alarm's name leaves to every suffix. */
const alarmSuffixLength = 100;

/**
 * Names of one component's children. Logical names are `<component>-<suffix>` and are identity: never change one
 * without an alias. Physical names are `<project>-<stack>-<component>-<tag>-<suffix>`, so that stacks can share an
 * account; where the component is named after the project, the project is not said twice.
 *
 * The tag is a hash of project, stack and component. Whatever is left out, shortened or spelt as AWS wants it, and
 * however dashes in the parts fall together, two components never share a name. It stands before the suffix, so that names
 * of a component begin alike and end as they are meant to be read.
 */
export class Names {
  private readonly scope: string;

  /** Throws ArgumentError for a component's name that AWS would refuse in the names of its children. */
  constructor(
    private readonly component: string,
    private readonly project = pulumi.getProject(),
    private readonly stack = pulumi.getStack(),
  ) {
    if (typeof component !== "string" || !/^[A-Za-z0-9_.-]*[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(component)) {
      throw new ArgumentError(
        "name",
        `${shown(component)} cannot be part of AWS names. Write letters, digits and _ . - only, with at least one letter or digit.`,
      );
    }
    const inside = component.startsWith(`${project}-`);
    this.scope = component === project ? "" : inside ? component.slice(project.length + 1) : component;
  }

  /** Logical name of a child. */
  child(...suffix: string[]): string {
    return [this.component, ...suffix].join("-");
  }

  /**
   * Physical name of a child, within AWS's length and alphabet. Where it would be too long it goes without the component,
   * a prefix also without the tag, since the provider makes it unique; if need be project and stack keep only their
   * beginnings. A prefix ends with a dash.
   */
  physical(kind: PhysicalKind, ...suffix: string[]): string {
    if (kind === "alarm") return this.alarm(suffix.join("-"));
    const { project, stack, scope } = this;
    const prefix = kind.endsWith("Prefix");
    const limit = limits[kind] - (prefix ? 1 : 0);
    const written = suffix.join("-");
    const tail = cut(adapted(kind, written), limit - tagLength - shortestHead - 2);
    // A suffix that is not what was written, for example of a table with a dot in its name, might be another one's.
    const tag = tagOf([project, stack, this.component, ...(tail === written ? [] : [written])]);
    const both = adapted(kind, joined(project, stack));
    const choices = [
      joined(adapted(kind, joined(project, stack, scope)), tag, tail),
      joined(both, tag, tail),
      ...(prefix ? [joined(both, tail)] : []),
    ];
    const name =
      choices.find((text) => text.length <= limit) ??
      joined(this.beginnings(kind, limit - joined(tag, tail).length - 1), tag, tail);
    return prefix ? `${name}-` : name;
  }

  /** What all alarms of the component begin with, whatever their suffix, and those of no other component do. */
  alarmPrefix(): string {
    const { project, stack, scope } = this;
    const room = limits.alarm - alarmSuffixLength - tagLength - 2;
    const heads = [joined(project, stack, scope), joined(project, stack)].map((text) => adapted("alarm", text));
    const head = heads.find((text) => text.length <= room) ?? this.beginnings("alarm", room);
    return `${joined(head, tagOf([project, stack, this.component]))}-`;
  }

  /** A suffix that is not what was written is told from another one by a tag of its own, at the end. */
  private alarm(written: string): string {
    const prefix = this.alarmPrefix();
    const room = limits.alarm - prefix.length;
    const plain = adapted("alarm", written);
    const suffix =
      plain === written && plain.length <= room ? plain : joined(cut(plain, room - tagLength - 1), tagOf([written]));
    return prefix + suffix;
  }

  /** Namespace of the component's CloudWatch metrics. */
  metricNamespace(): string {
    // No part holds a slash, so that no other component has this namespace.
    const namespace = [this.project, this.stack, this.component].join("/");
    return namespace.length <= limits.metricNamespace ? namespace : this.physical("metricNamespace");
  }

  /** Project and stack, half of the room for each where both are long. */
  private beginnings(kind: PhysicalKind, room: number): string {
    const { project, stack } = this;
    const stackRoom = Math.max(Math.floor((room - 1) / 2), room - 1 - project.length);
    const begun = cut(adapted(kind, stack), stackRoom);
    return joined(cut(adapted(kind, project), room - 1 - begun.length), begun);
  }
}

const joined = (...parts: string[]): string => parts.filter((part) => part !== "").join("-");

const cut = (text: string, length: number): string => text.slice(0, length).replace(/-$/, "");

/** Letters, digits and single dashes between them: what every kind of name takes. Buckets are in lower case. */
function adapted(kind: PhysicalKind, text: string): string {
  const plain = text.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return kind === "bucketPrefix" ? plain.toLowerCase() : plain;
}

const tagLength = 6;

/** Digits and small letters, so that a bucket's name takes it too: one of two thousand million. */
function tagOf(parts: readonly string[]): string {
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  return BigInt(`0x${digest}`).toString(36).slice(-tagLength);
}
