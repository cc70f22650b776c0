import { severities } from "../../detections";
import { type Filter, filterProblem, matchesFilter } from "./contentFilter";
import { keyHop } from "./encryption";
import { assumed, breakOf, broken, type Hop, ok } from "./hop";
import { isNotifier, notifierHops } from "./notifierHops";
import { accountIn, servicePermission } from "./permission";
import { type ResolvedResource, type Stack, textOf } from "./stack";

/** Who publishes to a topic, and what. */
export interface Publisher {
  service: "cloudwatch.amazonaws.com" | "events.amazonaws.com";
  sourceArn: string;
  message: Message;
}

/** What is published, as far as filter policies read it. */
export interface Message {
  body: unknown;
  attributes: Readonly<Record<string, string>>;
}

/** The hops from a publisher to somebody who is told. Where a topic has several subscriptions, the first that works. */
export function topicHops(stack: Stack, topicArn: string, publisher: Publisher): Hop[] {
  const topic = stack.find("topic", topicArn, "arn", "id");
  if (!topic) {
    const reason = `there is no topic ${topicArn} among the resources`;
    return [broken("alarm action", topicArn, reason)];
  }
  const policy = policyHop(stack, topic, topicArn, publisher);
  const key = keyHop(
    stack,
    "topic key",
    topic.inputs["kmsMasterKeyId"],
    { service: publisher.service },
    ["kms:Decrypt", "kms:GenerateDataKey"],
    {
      "kms:EncryptionContext:aws:sns:topicArn": topicArn,
      // SourceArn and SourceAccount are not supported for EventBridge (EventBridge User Guide, "Resource-based policies", Amazon SNS).
      ...(publisher.service === "cloudwatch.amazonaws.com" && sourceOf(publisher)),
    },
  );
  return [policy, ...(key ? [key] : []), ...subscriptionHops(stack, topic, topicArn, publisher.message)];
}

const sourceOf = ({ sourceArn }: Publisher) => ({
  "aws:SourceArn": sourceArn,
  "aws:SourceAccount": accountIn(sourceArn),
});

function policyHop(stack: Stack, topic: ResolvedResource, topicArn: string, publisher: Publisher): Hop {
  const separate = stack.all("topicPolicy").find((each) => each.inputs["arn"] === topicArn);
  const policy = separate?.inputs["policy"] ?? topic.inputs["policy"];
  if (policy === undefined) {
    // The default policy lets anything of the owner's account publish (Amazon SNS Developer Guide, "Access policy").
    return publisher.service === "cloudwatch.amazonaws.com"
      ? assumed("topic policy", topic.name, "AWS's default policy lets alarms of the same account publish")
      : broken("topic policy", topic.name, `AWS's default policy does not let ${publisher.service} publish`);
  }
  return servicePermission("topic policy", separate?.name ?? topic.name, policy, [
    {
      principal: { service: publisher.service },
      action: "sns:Publish",
      resource: topicArn,
      context: { ...sourceOf(publisher), "aws:SecureTransport": "true" },
    },
  ]);
}

/** Of several subscriptions, the first that works. */
function subscriptionHops(stack: Stack, topic: ResolvedResource, topicArn: string, message: Message): readonly Hop[] {
  const subscriptions = stack.all("subscription").filter((each) => each.inputs["topic"] === topicArn);
  const ways = subscriptions.map((subscription) => wayOf(stack, subscription, topicArn, message));
  const works = (way: readonly Hop[]): boolean => breakOf(way) === undefined;
  // A notifier knows best what to say; and one that is there and subscribed is no reader of what it says itself.
  const told = ways.find((way) => works(way) && way.length > 1) ?? ways.find(works);
  if (told) return told;
  const readers = subscriptions.filter((subscription) => !isOwn(stack, subscription, message));
  if (readers.length === 0 && !ways.some((way) => way.length > 1)) {
    return [assumed("subscription", topic.name, "nobody among the resources is subscribed to the topic")];
  }
  return ways.find((way) => way.length > 1) ?? ways[subscriptions.indexOf(readers[0]!)]!;
}

/** The notifier's subscription to what it says itself: for its canary only. */
function isOwn(stack: Stack, subscription: ResolvedResource, { attributes }: Message): boolean {
  const lambda = stack.find("function", textOf(subscription, "endpoint"), "arn");
  return lambda !== undefined && isNotifier(lambda) && attributes["kind"] !== undefined;
}

function wayOf(stack: Stack, subscription: ResolvedResource, topicArn: string, message: Message): readonly Hop[] {
  const first = oneSubscription(stack, subscription, topicArn, message);
  const lambda = stack.find("function", textOf(subscription, "endpoint"), "arn");
  if (first.status === "broken" || !lambda || !isNotifier(lambda)) return [first];
  return [first, ...notifierHops(stack, lambda, (arn, attributed) => saidHops(stack, arn, message, attributed))];
}

/** The hops from a notifier that EventBridge starts to somebody who is told. */
export const toldHops = (stack: Stack, lambda: ResolvedResource): readonly Hop[] =>
  notifierHops(stack, lambda, (arn, attributed) => saidHops(stack, arn, { body: {}, attributes: {} }, attributed));

/** From what the notifier, or Lambda in its place, publishes to people. */
function saidHops(stack: Stack, topicArn: string, { body }: Message, attributed: boolean): readonly Hop[] {
  const topic = stack.find("topic", topicArn, "arn", "id");
  if (!topic) return [broken("notifier", topicArn, `there is no topic ${topicArn} among the resources`)];
  const attributes = attributed ? { kind: "alert", ...attributesOf(body) } : {};
  return subscriptionHops(stack, topic, topicArn, { body: {}, attributes });
}

/** Severity and detection are the end of an alarm's name. */
function attributesOf(body: unknown): Record<string, string> {
  const name = String((body as { AlarmName?: unknown }).AlarmName ?? "");
  const severity = severities.find((known) => name.includes(`-${known}-`));
  return severity === undefined ? {} : { severity };
}

function oneSubscription(stack: Stack, subscription: ResolvedResource, topicArn: string, message: Message): Hop {
  const filtered = filterHop(subscription, message);
  if (filtered) return filtered;
  const endpoint = textOf(subscription, "endpoint");
  if (endpoint === "" || textOf(subscription, "protocol") === "") {
    return broken("subscription", subscription.name, "it lacks an endpoint or a protocol");
  }
  const context = {
    "aws:SourceArn": topicArn,
    "aws:SourceAccount": accountIn(topicArn),
    "aws:SecureTransport": "true",
  };
  const principal = { service: "sns.amazonaws.com" };
  switch (subscription.inputs["protocol"]) {
    case "lambda": {
      const lambda = stack.find("function", endpoint, "arn");
      if (!lambda) return assumed("subscription", endpoint, "the function is not among the resources");
      return mayInvoke(stack, lambda, principal.service, topicArn)
        ? ok("subscription", subscription.name)
        : broken("subscription", subscription.name, `no permission lets sns.amazonaws.com invoke ${lambda.name}`);
    }
    case "sqs": {
      const queue = stack.find("queue", endpoint, "arn");
      if (!queue) return assumed("subscription", endpoint, "the queue is not among the resources");
      const separate = stack.all("queuePolicy").find((each) => each.inputs["queueUrl"] === (queue.id ?? ""));
      const policy = separate?.inputs["policy"] ?? queue.inputs["policy"];
      if (policy === undefined) return broken("subscription", queue.name, "the queue has no policy that lets SNS send");
      const allowed = servicePermission("subscription", subscription.name, policy, [
        { principal, action: "sqs:SendMessage", resource: endpoint, context },
      ]);
      if (allowed.status !== "ok") return allowed;
      return (
        keyHop(
          stack,
          "subscription",
          queue.inputs["kmsMasterKeyId"],
          principal,
          ["kms:Decrypt", "kms:GenerateDataKey"],
          {
            "aws:SourceArn": topicArn,
            "aws:SourceAccount": accountIn(topicArn),
          },
        ) ?? allowed
      );
    }
    default:
      return ok("subscription", subscription.name);
  }
}

/** What a subscription's filter policy does to a message; `undefined` where it lets it through. */
function filterHop(subscription: ResolvedResource, message: Message): Hop | undefined {
  const written = subscription.inputs["filterPolicy"];
  if (written === undefined || written === null || written === "") return undefined;
  const filter = typeof written === "string" ? parsed(written) : written;
  if (filter === undefined) return broken("subscription", subscription.name, "its filter policy is not JSON");
  const problem = filterProblem(filter);
  if (problem !== undefined)
    return assumed("subscription", subscription.name, `its filter policy is not judged: ${problem}`);
  // Alarms and EventBridge targets publish without message attributes.
  const read = subscription.inputs["filterPolicyScope"] === "MessageBody" ? message.body : message.attributes;
  return matchesFilter(filter as Filter, read)
    ? undefined
    : broken("subscription", subscription.name, "its filter policy does not let the message through");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A `Permission` that lets a service invoke a function for a source (AWS Lambda Developer Guide, "Resource-based policies"). */
export function mayInvoke(stack: Stack, lambda: ResolvedResource, service: string, sourceArn: string): boolean {
  const names = [textOf(lambda, "name"), textOf(lambda, "arn"), lambda.id];
  return stack.all("functionPermission").some(({ inputs }) => {
    const action = inputs["action"];
    const source = inputs["sourceArn"];
    return (
      names.includes(String(inputs["function"])) &&
      (action === "lambda:InvokeFunction" || action === "lambda:*") &&
      inputs["principal"] === service &&
      (typeof source !== "string" || arnLike(source, sourceArn)) &&
      (inputs["sourceAccount"] === undefined || inputs["sourceAccount"] === accountIn(sourceArn))
    );
  });
}

/** Lambda compares `sourceArn` with `ArnLike`: `*` within it stands for any text. */
function arnLike(pattern: string, arn: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(arn);
}
