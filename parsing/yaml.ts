import type { CollectionTag, Node, ScalarTag } from "yaml";
import type { Parsed } from "./json";

/**
 * Reads YAML, or JSON, without throwing. What has a tag of its own (`!Name value`) becomes what `tagged` makes of it.
 *
 * @param tags names that may follow a `!`. Any other is a problem: its meaning would be lost.
 */
export function parseYaml(
  text: string,
  tags: readonly string[],
  tagged: (tag: string, value: unknown) => unknown,
): Parsed {
  // Loaded on the first use: few programs have a template, and every one waits for the policy pack.
  const { parseDocument, Scalar } = require("yaml") as typeof import("yaml");
  const customTags = tags.flatMap((name): (ScalarTag | CollectionTag)[] => {
    const wrapped = (node: Node): Node => {
      const plain = node.toJSON.bind(node) as (arg?: unknown, context?: unknown) => unknown;
      return Object.assign(node, { toJSON: (arg?: unknown, context?: unknown) => tagged(name, plain(arg, context)) });
    };
    const tag = `!${name}`;
    return [
      { tag, resolve: (value) => wrapped(new Scalar(value)) },
      { tag, collection: "map", resolve: (node) => wrapped(node) },
      { tag, collection: "seq", resolve: (node) => wrapped(node) },
    ];
  });
  try {
    const document = parseDocument(text, { customTags, logLevel: "silent" });
    const [problem] = [...document.errors, ...document.warnings];
    return problem ? { problem: problem.message.split("\n")[0]!.replace(/:$/, "") } : { value: document.toJS() };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}
