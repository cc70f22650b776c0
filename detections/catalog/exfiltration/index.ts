import type { Detection } from "../../detection";
import { backupRestoredThenScanned } from "./backupRestoredThenScanned";
import { indexAddedThenRead } from "./indexAddedThenRead";
import { indexOfAllAttributesAdded } from "./indexOfAllAttributesAdded";
import { kinesisDestinationEnabled } from "./kinesisDestinationEnabled";
import { recoveryOnThenExported } from "./recoveryOnThenExported";
import { replicaAdded } from "./replicaAdded";
import { resourcePolicyChanged } from "./resourcePolicyChanged";
import { streamConsumerAdded } from "./streamConsumerAdded";
import { streamEnabled } from "./streamEnabled";
import { streamOnThenConsumerAdded } from "./streamOnThenConsumerAdded";
import { streamReadDirectly } from "./streamReadDirectly";
import { tableExported } from "./tableExported";
import { tableRestored } from "./tableRestored";

/** Data on its way out of its table: exports, copies, streams, other accounts. */
export const exfiltration: readonly Detection[] = [
  backupRestoredThenScanned,
  indexAddedThenRead,
  indexOfAllAttributesAdded,
  kinesisDestinationEnabled,
  recoveryOnThenExported,
  replicaAdded,
  resourcePolicyChanged,
  streamConsumerAdded,
  streamEnabled,
  streamOnThenConsumerAdded,
  streamReadDirectly,
  tableExported,
  tableRestored,
];
