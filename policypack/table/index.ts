import { type Declarations, declarations, type PolicyResource, type TableTypes, type Unreadable } from "../declared";
import { awsGlobalTable } from "./awsGlobalTable";
import { awsTable } from "./awsTable";
import { awsTableReplica } from "./awsTableReplica";
import { cloudFormationGlobalTable } from "./cloudFormationGlobalTable";
import { cloudFormationTable, serverlessSimpleTable } from "./cloudFormationTable";
import { isUnreadable, type TableAdapter, type TableView } from "./view";

/** Every type that creates a table or a copy of one, whatever declares it: one adapter each. */
export const tableAdapters: readonly TableAdapter[] = [
  awsTable,
  awsTableReplica,
  awsGlobalTable,
  cloudFormationTable,
  cloudFormationGlobalTable,
  serverlessSimpleTable,
];

const byType: ReadonlyMap<string, TableAdapter> = new Map(tableAdapters.map((adapter) => [adapter.type, adapter]));

/** What a resource says of tables. */
export interface Tables {
  views: readonly TableView[];
  /** What may create a table, and cannot be judged. */
  unreadable: readonly Unreadable[];
}

/** The tables that a resource creates, however it does; undefined if it creates none. */
export function tablesOf(resource: PolicyResource, tableTypes?: TableTypes): Tables | undefined {
  return tablesIn(declarations(resource, tableTypes));
}

/** The tables among what is declared. */
export function tablesIn({ declared, unreadable }: Declarations): Tables | undefined {
  const views = declared.flatMap((each) => byType.get(each.type)?.view(each) ?? []);
  if (views.length + unreadable.length === 0) return undefined;
  return {
    views: views.filter((view) => !isUnreadable(view)) as TableView[],
    unreadable: [...unreadable, ...views.filter(isUnreadable)],
  };
}
