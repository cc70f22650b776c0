import type { CatalogEntry, Detection, ItemDetection } from "../detection";
import { newCountrySeen } from "./access/newCountrySeen";
import { newPrincipalSeen } from "./access/newPrincipalSeen";
import { backupDeleted } from "./backups/backupDeleted";
import { backupListed } from "./backups/backupListed";
import { detectorStateTampered } from "./detectors/detectorStateTampered";
import { manyTablesRead } from "./items/manyTablesRead";
import { massRead } from "./items/massRead";
import { tableItemDeleted } from "./items/tableItemDeleted";
import { tableItemUpdated } from "./items/tableItemUpdated";
import { tableScanned } from "./items/tableScanned";
import { deletionProtectionDisabled } from "./protection/deletionProtectionDisabled";
import { backupDeletedThenTable } from "./sequences/backupDeletedThenTable";
import { protectionOffThenDeleted } from "./sequences/protectionOffThenDeleted";
import { recoveryOnThenExported } from "./sequences/recoveryOnThenExported";
import { confidentialTableChanged } from "./stream/confidentialTableChanged";
import { guardedAttributeChanged } from "./stream/guardedAttributeChanged";
import { itemExpiryLowered } from "./stream/itemExpiryLowered";
import { massItemDeletes } from "./stream/massItemDeletes";
import { massItemExpiry } from "./stream/massItemExpiry";
import { multipleTablesCreated } from "./tables/multipleTablesCreated";
import { multipleTablesDeleted } from "./tables/multipleTablesDeleted";
import { multipleUpdateOperations } from "./tables/multipleUpdateOperations";

/** Every detection among CloudTrail events. The published alerts come first, in the vendor's order. */
export const catalog: readonly Detection[] = [
  backupDeleted,
  tableItemDeleted,
  multipleTablesDeleted,
  multipleTablesCreated,
  deletionProtectionDisabled,
  tableScanned,
  newCountrySeen,
  tableItemUpdated,
  backupListed,
  multipleUpdateOperations,
  protectionOffThenDeleted,
  backupDeletedThenTable,
  recoveryOnThenExported,
  newPrincipalSeen,
  manyTablesRead,
  massRead,
  detectorStateTampered,
];

/** Every detection among the item changes of a table, which the stream monitor makes. */
export const itemDetections: readonly ItemDetection[] = [
  massItemDeletes,
  guardedAttributeChanged,
  confidentialTableChanged,
  massItemExpiry,
  itemExpiryLowered,
];

/** The whole catalog. */
export const entries: readonly CatalogEntry[] = [...catalog, ...itemDetections];

/** The vendor's ten alerts, in the order of its page. */
export const publishedAlerts: readonly Detection[] = catalog.filter(({ origin }) => origin !== undefined);

const byId: ReadonlyMap<string, Detection> = new Map(catalog.map((detection) => [detection.id, detection]));

export const detectionById = (id: string): Detection | undefined => byId.get(id);

/** Whether no metric filter can say it: `compileDetection` refuses such a detection. */
export const isStateful = (detection: Detection): boolean => detection.stateful !== undefined;

const itemDetectionsById: ReadonlyMap<string, ItemDetection> = new Map(itemDetections.map((one) => [one.id, one]));

export const itemDetectionById = (id: string): ItemDetection | undefined => itemDetectionsById.get(id);
