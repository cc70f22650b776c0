import type { AccessRequest, RequestPrincipal } from "../../iam/request";
import { assumed, broken, type Hop, type HopName } from "./hop";
import { servicePermission } from "./permission";
import { propertyOf, type Stack, textOf } from "./stack";

/** May a service use the key of a resource that it writes to? `undefined` where no key of the account is used. */
export function keyHop(
  stack: Stack,
  hop: HopName,
  keyName: unknown,
  principal: RequestPrincipal,
  actions: readonly string[],
  context: AccessRequest["context"],
): Hop | undefined {
  if (typeof keyName !== "string" || keyName === "") return undefined;
  // An AWS managed key's policy cannot be changed, and lets no other service use it (Amazon SNS Developer Guide, "Key management").
  if (/(^|:)alias\/aws\//.test(keyName)) {
    return broken(hop, keyName, "an AWS managed key lets no other service use it. Use a customer managed key.");
  }
  const key = stack.key(keyName);
  if (!key) return assumed(hop, keyName, "the key is not among the resources; its policy is taken to allow this");
  if (propertyOf(key, "isEnabled") === false) return broken(hop, key.name, "the key is disabled (isEnabled is false)");
  const policy = key.inputs["policy"];
  if (policy === undefined) {
    return broken(hop, key.name, "the key has AWS's default policy, which no service is in. Give it a policy.");
  }
  const resource = textOf(key, "arn");
  const requests = actions.map((action) => ({ principal, action, resource, context }));
  return servicePermission(hop, key.name, policy, requests);
}
