import type { Detection } from "../../detection";
import { autoScalingChanged } from "./autoScalingChanged";
import { capacityCut } from "./capacityCut";
import { daxClusterChanged } from "./daxClusterChanged";
import { daxClusterCreated } from "./daxClusterCreated";
import { multipleTablesCreated } from "./multipleTablesCreated";
import { multipleTablesDeleted } from "./multipleTablesDeleted";
import { multipleUpdateOperations } from "./multipleUpdateOperations";
import { reservedCapacityBought } from "./reservedCapacityBought";
import { tableDeleted } from "./tableDeleted";
import { tableImported } from "./tableImported";

/** Tables and their settings. */
export const tables: readonly Detection[] = [
  autoScalingChanged,
  capacityCut,
  daxClusterChanged,
  daxClusterCreated,
  multipleTablesCreated,
  multipleTablesDeleted,
  multipleUpdateOperations,
  reservedCapacityBought,
  tableDeleted,
  tableImported,
];
