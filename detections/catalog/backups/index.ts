import type { Detection } from "../../detection";
import { backupDeleted } from "./backupDeleted";
import { backupDeletedThenTable } from "./backupDeletedThenTable";
import { backupListed } from "./backupListed";

/** Backups and point-in-time recovery: the way back. */
export const backups: readonly Detection[] = [backupDeleted, backupDeletedThenTable, backupListed];
