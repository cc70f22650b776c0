import * as pulumi from "@pulumi/pulumi";
import { ArgumentError } from "./argumentError";

/**
 * Checks a value when it arrives. A wrong one stops the deployment with the message alone: the stack of an error that comes
 * later shows none of the user's lines.
 */
export function checkArrived<T>(resource: pulumi.Resource, check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw error instanceof ArgumentError ? new pulumi.ResourceError(error.message, resource, true) : error;
  }
}
