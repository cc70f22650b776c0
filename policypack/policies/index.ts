import type { Policy } from "../policy";
import { deletionProtection } from "./deletionProtection";
import { encryption } from "./encryption";
import { pointInTimeRecovery } from "./pointInTimeRecovery";
import { requiredTags } from "./requiredTags";

/** Every policy of the pack, in the order in which they report. */
export const policies: readonly Policy[] = [requiredTags, deletionProtection, pointInTimeRecovery, encryption];
