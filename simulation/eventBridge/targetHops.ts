import { assumed, breakOf, broken, type Hop, ok } from "../delivery/hop";
import { isNotifier } from "../delivery/notifierHops";
import { type Stack, textOf } from "../delivery/stack";
import { mayInvoke, toldHops, topicHops } from "../delivery/topicHops";
import type { EventRule } from "./rule";

/** The hops from a rule to somebody who is told. Of several targets, the first that works. */
export function targetHops(stack: Stack, rule: EventRule): Hop[] {
  const targets = targetsOf(stack, rule);
  if (targets.length === 0) return [broken("event rule", rule.resource, "the rule has no target")];
  const ways = targets.map((arn) => targetHop(stack, rule, arn));
  return ways.find((way) => breakOf(way) === undefined) ?? ways[0]!;
}

/** ARNs of what a rule calls. */
export const targetsOf = (stack: Stack, rule: EventRule): string[] =>
  stack
    .all("eventTarget")
    .filter((each) => each.inputs["rule"] === rule.name)
    .map((target) => textOf(target, "arn"));

/** The hops from a rule to one of its targets. */
export function targetHop(stack: Stack, rule: EventRule, arn: string): Hop[] {
  switch (arn.split(":")[2]) {
    case "sns":
      // A filter policy on a message that an input transformer wrote cannot be judged here: none is expected.
      return topicHops(stack, arn, {
        service: "events.amazonaws.com",
        sourceArn: rule.arn,
        message: { body: {}, attributes: {} },
      });
    case "lambda": {
      const lambda = stack.find("function", arn, "arn");
      if (!lambda) return [assumed("event rule", arn, "the function is not among the resources")];
      return mayInvoke(stack, lambda, "events.amazonaws.com", rule.arn)
        ? [ok("event rule", lambda.name), ...(isNotifier(lambda) ? toldHops(stack, lambda) : [])]
        : [broken("event rule", rule.resource, `no permission lets events.amazonaws.com invoke ${lambda.name}`)];
    }
    default:
      return [
        assumed("event rule", rule.resource, `targets other than topics and functions are not simulated (${arn})`),
      ];
  }
}
