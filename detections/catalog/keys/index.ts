import type { Detection } from "../../detection";

/** AWS KMS keys of tables. */
export const keys: readonly Detection[] = [];
