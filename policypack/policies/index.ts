import type { Policy } from "../policy";
import { backupPlan } from "./backupPlan";
import { capacity } from "./capacity";
import { contributorInsights } from "./contributorInsights";
import { daxEncryptionAtRest } from "./daxEncryptionAtRest";
import { daxEncryptionInTransit } from "./daxEncryptionInTransit";
import { deletionProtection } from "./deletionProtection";
import { encryption } from "./encryption";
import { ignoreChanges } from "./ignoreChanges";
import { kinesisDestination } from "./kinesisDestination";
import { pointInTimeRecovery } from "./pointInTimeRecovery";
import { protect } from "./protect";
import { requiredTags } from "./requiredTags";
import { resourcePolicy } from "./resourcePolicy";
import { stream } from "./stream";
import { streamMapping } from "./streamMapping";
import { tableClass } from "./tableClass";
import { tableExport } from "./tableExport";
import { timeToLive } from "./timeToLive";
import { trailDataEvents } from "./trailDataEvents";
import { trailEncryption } from "./trailEncryption";
import { trailLogFileValidation } from "./trailLogFileValidation";
import { trailMultiRegion } from "./trailMultiRegion";

/** Every policy of the pack, in the order in which they report. */
export const policies: readonly Policy[] = [
  requiredTags,
  deletionProtection,
  pointInTimeRecovery,
  encryption,
  ignoreChanges,
  resourcePolicy,
  kinesisDestination,
  tableExport,
  stream,
  timeToLive,
  capacity,
  tableClass,
  protect,
  contributorInsights,
  backupPlan,
  daxEncryptionAtRest,
  daxEncryptionInTransit,
  trailLogFileValidation,
  trailEncryption,
  trailMultiRegion,
  trailDataEvents,
  streamMapping,
];
