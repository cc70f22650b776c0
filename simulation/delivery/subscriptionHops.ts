import type { SubscriptionFilter } from "../logs/subscriptionFilter";
import { assumed, broken, type Hop, ok } from "./hop";
import { type Stack, textOf } from "./stack";
import { mayInvoke } from "./topicHops";

/** May CloudWatch Logs invoke the function that a subscription filter sends to? */
export function subscriptionHops(stack: Stack, filter: SubscriptionFilter): Hop[] {
  const at = filter.name;
  const lambda = stack.find("function", filter.destinationArn, "arn");
  if (!lambda) return [assumed("subscription filter", at, "the destination is no function among the resources")];
  const logGroup = stack.find("logGroup", filter.logGroupName, "name", "id");
  const [, , , region = "", account = ""] = filter.destinationArn.split(":");
  const sourceArn = logGroup
    ? `${textOf(logGroup, "arn")}:*`
    : `arn:aws:logs:${region}:${account}:log-group:${filter.logGroupName}:*`;
  // CloudWatch Logs user guide, "Log group-level subscription filters": both principals are in its examples.
  const services = ["logs.amazonaws.com", `logs.${region}.amazonaws.com`];
  return services.some((service) => mayInvoke(stack, lambda, service, sourceArn))
    ? [ok("subscription filter", at)]
    : [broken("subscription filter", at, `no permission lets ${services[0]} invoke ${lambda.name}`)];
}
