import type { Detection } from "../../detection";
import { keyPendingDeletionUsed } from "./keyPendingDeletionUsed";
import { tableKeyChanged } from "./tableKeyChanged";
import { tableKeyDisabled } from "./tableKeyDisabled";
import { tableKeyDropped } from "./tableKeyDropped";
import { tableKeyGrantsChanged } from "./tableKeyGrantsChanged";
import { tableKeyMaterialChanged } from "./tableKeyMaterialChanged";
import { tableKeyPolicyChanged } from "./tableKeyPolicyChanged";
import { tableKeyUseDenied } from "./tableKeyUseDenied";
import { tableKeyUsedByNewPrincipal } from "./tableKeyUsedByNewPrincipal";
import { tableKeyUsedDirectly } from "./tableKeyUsedDirectly";

/** AWS KMS keys of tables. */
export const keys: readonly Detection[] = [
  keyPendingDeletionUsed,
  tableKeyChanged,
  tableKeyDisabled,
  tableKeyDropped,
  tableKeyGrantsChanged,
  tableKeyMaterialChanged,
  tableKeyPolicyChanged,
  tableKeyUseDenied,
  tableKeyUsedByNewPrincipal,
  tableKeyUsedDirectly,
];
