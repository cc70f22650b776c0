import type { Detection } from "../../detection";
import { newCountrySeen } from "./newCountrySeen";
import { newPrincipalSeen } from "./newPrincipalSeen";

/** Who calls, and from where. */
export const access: readonly Detection[] = [newCountrySeen, newPrincipalSeen];
