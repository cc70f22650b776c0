import { awsTable } from "./awsTable";
import { awsTableReplica } from "./awsTableReplica";
import { known } from "./reading";
import type { TableAdapter, TableResource, TableView } from "./view";

/** Every resource type that the pack understands, one adapter each. */
export const tableAdapters: readonly TableAdapter[] = [awsTable, awsTableReplica];

const byType: ReadonlyMap<string, TableAdapter> = new Map(tableAdapters.map((adapter) => [adapter.type, adapter]));

/** What the policy SDK says of a resource, as far as the pack reads it. */
export interface PolicyResource {
  type: string;
  name: string;
  props: object;
  opts: { ignoreChanges: readonly string[] };
  /** The engine names the provider of every resource that has one. */
  provider?: { props: object };
}

/** The resource as a table; undefined if its type creates none. */
export function tableView({ type, name, props, opts, provider }: PolicyResource): TableView | undefined {
  const adapter = byType.get(type);
  if (!adapter) return undefined;
  const { ignoreChanges } = opts;
  const resource: TableResource = {
    name,
    props: known(props),
    provider: provider ? known(provider.props) : { state: "unknown" },
    ignoreChanges,
  };
  return { copies: adapter.copies(resource), ignoreChanges };
}
