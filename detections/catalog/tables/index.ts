import type { Detection } from "../../detection";
import { multipleTablesCreated } from "./multipleTablesCreated";
import { multipleTablesDeleted } from "./multipleTablesDeleted";
import { multipleUpdateOperations } from "./multipleUpdateOperations";
import { tableDeleted } from "./tableDeleted";

/** Tables and their settings. */
export const tables: readonly Detection[] = [
  multipleTablesCreated,
  multipleTablesDeleted,
  multipleUpdateOperations,
  tableDeleted,
];
