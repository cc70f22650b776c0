import type { Detection } from "../../detection";
import { accessDeniedBurst } from "./accessDeniedBurst";
import { broadPolicyGranted } from "./broadPolicyGranted";
import { crossAccountCaller } from "./crossAccountCaller";
import { manyRegionsEnumerated } from "./manyRegionsEnumerated";
import { manyTablesDescribed } from "./manyTablesDescribed";
import { newCountrySeen } from "./newCountrySeen";
import { newPrincipalSeen } from "./newPrincipalSeen";
import { newRegionUsed } from "./newRegionUsed";
import { rootUsed } from "./rootUsed";

/** Who calls, from where, and how they look around. */
export const access: readonly Detection[] = [
  accessDeniedBurst,
  broadPolicyGranted,
  crossAccountCaller,
  manyRegionsEnumerated,
  manyTablesDescribed,
  newCountrySeen,
  newPrincipalSeen,
  newRegionUsed,
  rootUsed,
];
