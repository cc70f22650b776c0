import type { Reading } from "../table/reading";

/** What the policy SDK says of a resource, as far as the pack reads it. */
export interface PolicyResource {
  type: string;
  name: string;
  urn: string;
  props: object;
  opts: { ignoreChanges: readonly string[]; protect?: boolean };
  /** The engine names the provider of every resource that has one. */
  provider?: { props: object };
}

/**
 * One resource of the cloud that a Pulumi resource declares: itself, or what its text names. Types of CloudFormation keep
 * their names (`AWS::DynamoDB::Table`), whoever declares them.
 */
export interface Declared {
  type: string;
  /** How messages name it: `"orders"`, `"Orders" in the template of "shop"`. */
  title: string;
  /** Its inputs. */
  props: Reading<object>;
  /** Inputs of its provider. */
  provider: Reading<object>;
  /** Tags that whatever declares it gives to it as well: those of a CloudFormation stack. */
  inheritedTags: Reading<object>;
  /** How a property of CloudFormation is spelled here: `sseSpecification` in `aws-native`. */
  spelled(name: string): string;
  /** Those paths in `ignoreChanges` that touch one of these properties. */
  ignored(properties: readonly string[]): readonly string[];
  /** As in the options of the Pulumi resource. */
  ignoreChanges: readonly string[];
  /** The resource option `protect`. */
  protect: boolean;
  /** Its properties are inputs of the Pulumi resource, and not written in a text or a template. */
  direct: boolean;
}

/** Something that may declare a table and that cannot be read before deployment. */
export interface Unreadable {
  title: string;
  /** Completes "<title> cannot be judged: …". */
  why: string;
  /** Wrong as it is written, and not only out of sight. */
  malformed: boolean;
}

/** What one Pulumi resource declares. */
export interface Declarations {
  declared: readonly Declared[];
  unreadable: readonly Unreadable[];
}
