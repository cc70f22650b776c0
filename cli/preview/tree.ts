import type { RegisteredResource } from "../../stack/registered";

/** Types that a component may have before they are summed up as "… more". */
const mostTypes = 6;

export interface TreeOptions {
  /** Every resource on a line of its own. */
  verbose: boolean;
  /** Marks a resource, for example as blocked; empty for none. */
  mark(urn: string): string;
}

/**
 * The resources by parent. Components keep a line of their own; what is in a component is counted by type, unless a
 * resource is marked or has children: a stack of hundreds still fits on a screen.
 */
export function resourceTree(resources: readonly RegisteredResource[], options: TreeOptions): string[] {
  const children = new Map<string, RegisteredResource[]>();
  for (const resource of resources) {
    const siblings = children.get(resource.parent ?? "") ?? [];
    siblings.push(resource);
    children.set(resource.parent ?? "", siblings);
  }
  const lines: string[] = [];

  const visit = (parent: string, indent: string): void => {
    const all = children.get(parent) ?? [];
    const own = all.filter(({ urn }) => options.verbose || children.has(urn) || options.mark(urn) !== "");
    const counted = all.filter((resource) => !own.includes(resource));
    const rows: [string, (() => void)?][] = own.map((resource) => {
      const count = descendants(resource.urn);
      const size = count > 0 ? ` (${count})` : "";
      const mark = options.mark(resource.urn);
      return [
        `${resource.name}  ${shortType(resource.type)}${size}${mark && `  ${mark}`}`,
        () => visit(resource.urn, ""),
      ];
    });
    if (counted.length > 0) rows.push(...countedRows(counted));
    rows.forEach(([text], index) => {
      const last = index === rows.length - 1;
      lines.push(`${indent}${last ? "└─ " : "├─ "}${text}`);
      const resource = own[index];
      if (resource) visit(resource.urn, `${indent}${last ? "   " : "│  "}`);
    });
  };
  const descendants = (urn: string): number =>
    (children.get(urn) ?? []).reduce((sum, child) => sum + 1 + descendants(child.urn), 0);

  for (const root of children.get("") ?? []) {
    const mark = options.mark(root.urn);
    lines.push(
      `${root.name} (${descendants(root.urn)} ${descendants(root.urn) === 1 ? "resource" : "resources"})${mark && `  ${mark}`}`,
    );
    visit(root.urn, "");
  }
  return lines;
}

/** One resource by its name, several of a type as a count; many types share a line. */
function countedRows(resources: readonly RegisteredResource[]): [string][] {
  const byType = new Map<string, RegisteredResource[]>();
  for (const resource of resources) byType.set(resource.type, [...(byType.get(resource.type) ?? []), resource]);
  const texts = [...byType].map(([type, all]) =>
    all.length === 1 ? `${all[0]!.name}  ${shortType(type)}` : `${all.length} × ${shortType(type)}`,
  );
  if (texts.length <= mostTypes) return texts.map((text) => [text]);
  const short = [...byType].map(([type, all]) =>
    all.length === 1 ? shortType(type) : `${all.length} × ${shortType(type)}`,
  );
  const rows: [string][] = [];
  for (let index = 0; index < short.length; index += 4) rows.push([short.slice(index, index + 4).join(", ")]);
  return rows;
}

/** `aws:dynamodb/table:Table` as `aws.dynamodb.Table`. */
export function shortType(type: string): string {
  const [provider, module = "", name = ""] = type.split(":");
  const folder = module.split("/")[0];
  return [provider, folder === "index" ? "" : folder, name].filter(Boolean).join(".");
}
