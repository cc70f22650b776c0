import type { Detection } from "../detection";
import { accessDeniedBurst } from "./access/accessDeniedBurst";
import { broadPolicyGranted } from "./access/broadPolicyGranted";
import { crossAccountCaller } from "./access/crossAccountCaller";
import { newCountrySeen } from "./access/newCountrySeen";
import { newPrincipalSeen } from "./access/newPrincipalSeen";
import { newRegionUsed } from "./access/newRegionUsed";
import { rootUsed } from "./access/rootUsed";
import { backupDeleted } from "./backups/backupDeleted";
import { backupListed } from "./backups/backupListed";
import { autoScalingChanged } from "./capacity/autoScalingChanged";
import { capacityCut } from "./capacity/capacityCut";
import { reservedCapacityBought } from "./capacity/reservedCapacityBought";
import { detectorStateTampered } from "./detectors/detectorStateTampered";
import { manyRegionsEnumerated } from "./discovery/manyRegionsEnumerated";
import { manyTablesDescribed } from "./discovery/manyTablesDescribed";
import { decoyTableTouched } from "./items/decoyTableTouched";
import { manyTablesRead } from "./items/manyTablesRead";
import { massRead } from "./items/massRead";
import { tableItemDeleted } from "./items/tableItemDeleted";
import { tableItemUpdated } from "./items/tableItemUpdated";
import { tableScanned } from "./items/tableScanned";
import { keyPendingDeletionUsed } from "./keys/keyPendingDeletionUsed";
import { tableKeyChanged } from "./keys/tableKeyChanged";
import { tableKeyDisabled } from "./keys/tableKeyDisabled";
import { tableKeyDropped } from "./keys/tableKeyDropped";
import { tableKeyGrantsChanged } from "./keys/tableKeyGrantsChanged";
import { tableKeyMaterialChanged } from "./keys/tableKeyMaterialChanged";
import { tableKeyPolicyChanged } from "./keys/tableKeyPolicyChanged";
import { tableKeyUseDenied } from "./keys/tableKeyUseDenied";
import { tableKeyUsedByNewPrincipal } from "./keys/tableKeyUsedByNewPrincipal";
import { tableKeyUsedDirectly } from "./keys/tableKeyUsedDirectly";
import { deletionProtectionDisabled } from "./protection/deletionProtectionDisabled";
import { backupDeletedThenTable } from "./sequences/backupDeletedThenTable";
import { protectionOffThenDeleted } from "./sequences/protectionOffThenDeleted";
import { recoveryOnThenExported } from "./sequences/recoveryOnThenExported";
import { daxClusterChanged } from "./tables/daxClusterChanged";
import { daxClusterCreated } from "./tables/daxClusterCreated";
import { multipleTablesCreated } from "./tables/multipleTablesCreated";
import { multipleTablesDeleted } from "./tables/multipleTablesDeleted";
import { multipleUpdateOperations } from "./tables/multipleUpdateOperations";
import { tableImported } from "./tables/tableImported";

/** Every detection. The published alerts come first, in the vendor's order. */
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
  tableKeyDisabled,
  tableKeyMaterialChanged,
  tableKeyPolicyChanged,
  tableKeyGrantsChanged,
  tableKeyUsedDirectly,
  tableKeyUseDenied,
  tableKeyUsedByNewPrincipal,
  keyPendingDeletionUsed,
  tableKeyChanged,
  tableKeyDropped,
  manyTablesDescribed,
  manyRegionsEnumerated,
  accessDeniedBurst,
  rootUsed,
  newRegionUsed,
  crossAccountCaller,
  capacityCut,
  autoScalingChanged,
  daxClusterCreated,
  daxClusterChanged,
  tableImported,
  reservedCapacityBought,
  decoyTableTouched,
  broadPolicyGranted,
];

/** The vendor's ten alerts, in the order of its page. */
export const publishedAlerts: readonly Detection[] = catalog.filter(({ origin }) => origin !== undefined);

const byId: ReadonlyMap<string, Detection> = new Map(catalog.map((detection) => [detection.id, detection]));

export const detectionById = (id: string): Detection | undefined => byId.get(id);

/** Whether no metric filter can say it: `compileDetection` refuses such a detection. */
export const isStateful = (detection: Detection): boolean => detection.stateful !== undefined;
