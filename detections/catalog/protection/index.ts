import type { Detection } from "../../detection";
import { deletionProtectionDisabled } from "./deletionProtectionDisabled";
import { protectionOffThenDeleted } from "./protectionOffThenDeleted";

/** What keeps a table from being deleted. */
export const protection: readonly Detection[] = [deletionProtectionDisabled, protectionOffThenDeleted];
