import type { Detection } from "../../detection";
import { backupDeleted } from "./backupDeleted";
import { backupDeletedThenTable } from "./backupDeletedThenTable";
import { backupListed } from "./backupListed";
import { pointInTimeRecoveryDisabled } from "./pointInTimeRecoveryDisabled";
import { recoveryOffBackupDeletedTableDeleted } from "./recoveryOffBackupDeletedTableDeleted";

/** Backups and point-in-time recovery: the way back. */
export const backups: readonly Detection[] = [
  backupDeleted,
  backupDeletedThenTable,
  backupListed,
  pointInTimeRecoveryDisabled,
  recoveryOffBackupDeletedTableDeleted,
];
