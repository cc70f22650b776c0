import { type RegisteredResource, unknownText } from "../stack/registered";
import type { Stack } from "./assessment";

/** What an adopted log group has already, of what AWS allows few. */
export type FilterCount = "metricFilterCount" | "subscriptionFilterCount" | "regexCount";

/** A trail of somebody else, as the component `AuditTrail` was told about it. */
export interface AdoptedTrail extends Record<FilterCount, number> {
  /** The component that adopted it. */
  component: RegisteredResource;
  /** Log group that it delivers to; `[unknown]` where the name is known after deployment only. */
  logGroupName: string;
  managementEvents: boolean;
  tableDataEvents: boolean;
  kmsEvents: boolean;
}

/** Read from inputs of components, which @pulumi/pulumi sends from 3.206 on; of older programs nothing is known here. */
export function adoptedTrails(stack: Stack): AdoptedTrail[] {
  return stack.ofType("dynamodb-detective:index:AuditTrail").flatMap((component) => {
    const { existing } = component.inputs;
    if (typeof existing !== "object" || existing === null) return [];
    const known = existing as Record<string, unknown>;
    return [
      {
        component,
        logGroupName: logGroupOf(known),
        managementEvents: known["managementEvents"] === true,
        tableDataEvents: known["tableDataEvents"] === true,
        kmsEvents: known["kmsEvents"] === true,
        metricFilterCount: Number(known["metricFilterCount"] ?? 0),
        subscriptionFilterCount: Number(known["subscriptionFilterCount"] ?? 0),
        regexCount: Number(known["regexCount"] ?? 0),
      },
    ];
  });
}

/** Components that use the recorder that the account has already. */
export const adoptedRecorders = (stack: Stack): RegisteredResource[] =>
  stack
    .ofType("dynamodb-detective:index:ConfigRecorder")
    .filter(({ inputs }) => inputs["existingRecorderName"] !== undefined);

/** Name of a log group among inputs, `[unknown]` where it is made by the same program. */
export function logGroupOf({ logGroupName, logGroup = logGroupName }: Record<string, unknown>): string {
  return typeof logGroup === "string" ? logGroup : unknownText; // subscription filters call it logGroup
}
