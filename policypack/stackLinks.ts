import type { StackResource } from "./policy";
import { known, read, string } from "./table/reading";
import type { TableView } from "./table/view";

/** A table, and the Pulumi resource that creates it. */
export interface StackTable {
  resource: StackResource;
  view: TableView;
}

/**
 * Whether a property of another resource names a table: by what its value was made of, or by the table's physical name.
 * Undefined where neither is known.
 */
export function names(other: StackResource, property: string, { resource, view }: StackTable): boolean | undefined {
  const dependencies = other.dependencies[property] ?? [];
  if (dependencies.includes(resource.urn)) return true;
  const written = read(known(other.props), property, string);
  if (written.state === "unknown") return dependencies.length > 0 ? false : undefined;
  if (written.state !== "known") return false;
  // A logical name is the beginning of the physical one that the provider makes.
  return view.name.state === "known" ? view.name.value === written.value : undefined;
}
