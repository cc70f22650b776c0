import type { Detection } from "../../detection";
import { decoyTableTouched } from "./decoyTableTouched";
import { manyTablesRead } from "./manyTablesRead";
import { massRead } from "./massRead";
import { partiqlReadByNewPrincipal } from "./partiqlReadByNewPrincipal";
import { readThroughWrite } from "./readThroughWrite";
import { tableItemDeleted } from "./tableItemDeleted";
import { tableItemUpdated } from "./tableItemUpdated";
import { tableScanned } from "./tableScanned";
import { timeToLiveEnabled } from "./timeToLiveEnabled";

/** Items read, written and deleted. */
export const items: readonly Detection[] = [
  decoyTableTouched,
  manyTablesRead,
  massRead,
  tableItemDeleted,
  tableItemUpdated,
  tableScanned,
  partiqlReadByNewPrincipal,
  readThroughWrite,
  timeToLiveEnabled,
];
