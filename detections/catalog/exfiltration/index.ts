import type { Detection } from "../../detection";
import { recoveryOnThenExported } from "./recoveryOnThenExported";

/** Data on its way out of its table: exports, copies, streams, other accounts. */
export const exfiltration: readonly Detection[] = [recoveryOnThenExported];
