import { awsTable } from "./awsTable";
import { awsTableReplica } from "./awsTableReplica";
import { known } from "./reading";
import type { TableAdapter, TableView } from "./view";

/** Every resource type that the pack understands, one adapter each. */
export const tableAdapters: readonly TableAdapter[] = [awsTable, awsTableReplica];

const byType: ReadonlyMap<string, TableAdapter> = new Map(tableAdapters.map((adapter) => [adapter.type, adapter]));

/** The resource as a table; undefined if its type creates none. */
export function tableView(resource: { type: string; name: string; props: object }): TableView | undefined {
  return byType.get(resource.type)?.view({ name: resource.name, props: known(resource.props) });
}
