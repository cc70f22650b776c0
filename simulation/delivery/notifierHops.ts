import { detectionsIn } from "../detector/detections";
import { assumed, broken, type Hop, ok } from "./hop";
import { accountIn, rolePermission } from "./permission";
import { propertyOf, type ResolvedResource, type Stack, textOf } from "./stack";
import { rolePolicies } from "./trailHops";

/** A notifier is known by the name of its service, as a detector is. */
export const isNotifier = (lambda: ResolvedResource): boolean =>
  variablesOf(lambda)["POWERTOOLS_SERVICE_NAME"] === "notifier";

/**
 * The hops from the notifier's invocation to somebody who is told. A notifier that cannot run does not keep alarms back:
 * Lambda sends what it failed at to the failure destination.
 *
 * @param tell The hops from a topic to its subscribers, for messages with or without the notifier's attributes.
 */
export function notifierHops(
  stack: Stack,
  lambda: ResolvedResource,
  tell: (topicArn: string, attributed: boolean) => readonly Hop[],
): Hop[] {
  const topicArn = String(variablesOf(lambda)["ALERT_TOPIC"] ?? "");
  const fault = faultOf(lambda, topicArn);
  if (fault !== undefined) return failureHops(stack, lambda, fault, tell);
  const publishing = publishHop(stack, lambda, topicArn);
  if (publishing.status === "broken") return [publishing];
  return [publishing.status === "ok" ? lookUpHop(stack, lambda) : publishing, ...tell(topicArn, true)];
}

/** Why the function fails at every call. */
function faultOf(lambda: ResolvedResource, topicArn: string): string | undefined {
  if (detectionsIn(lambda.inputs["code"]) === undefined) return "there is no detections.json beside its code";
  if (topicArn === "") return "its variable ALERT_TOPIC names no topic";
  return undefined;
}

/** AWS Lambda Developer Guide, "Retaining records of asynchronous invocations". */
function failureHops(
  stack: Stack,
  lambda: ResolvedResource,
  fault: string,
  tell: (topicArn: string, attributed: boolean) => readonly Hop[],
): Hop[] {
  const config = stack.all("invokeConfig").find((each) => names(lambda).includes(String(each.inputs["functionName"])));
  const destination = config?.inputs["destinationConfig"] as { onFailure?: { destination?: unknown } } | undefined;
  const topicArn = String(destination?.onFailure?.destination ?? "");
  if (topicArn.split(":")[2] !== "sns") {
    return [broken("notifier", lambda.name, `${fault}, and no topic is its failure destination`)];
  }
  const publishing = publishHop(stack, lambda, topicArn);
  if (publishing.status === "broken") return [broken("notifier", lambda.name, `${fault}. ${publishing.reason}`)];
  return [
    assumed("notifier", lambda.name, `${fault}: it fails, and the alarm goes out as Lambda writes it`),
    ok("failure destination", config!.name),
    ...tell(topicArn, false),
  ];
}

/** May the function's role publish to the topic, and use its key? The destination of failures is used in its name too. */
function publishHop(stack: Stack, lambda: ResolvedResource, topicArn: string): Hop {
  const topic = stack.find("topic", topicArn, "arn", "id");
  if (!topic) return broken("notifier", lambda.name, `there is no topic ${topicArn} among the resources`);
  const asked = [{ action: "sns:Publish", resource: topicArn }];
  const keyName = textOf(topic, "kmsMasterKeyId");
  const key = keyName === "" ? undefined : stack.key(keyName);
  if (key && propertyOf(key, "isEnabled") === false) {
    return broken("notifier", lambda.name, `the topic's key ${key.name} is disabled (isEnabled is false)`);
  }
  if (key) {
    for (const action of ["kms:Decrypt", "kms:GenerateDataKey"]) asked.push({ action, resource: textOf(key, "arn") });
  }
  return askRole(stack, lambda, asked);
}

/** Whether alerts say who did what: without the events the plain alarm goes out. */
function lookUpHop(stack: Stack, lambda: ResolvedResource): Hop {
  const logGroupName = String(variablesOf(lambda)["LOG_GROUP"] ?? "");
  const logGroup = stack.find("logGroup", logGroupName, "name", "id");
  if (!logGroup) return ok("notifier", lambda.name); // adopted: its policy is not ours to judge
  const allowed = askRole(stack, lambda, [
    { action: "logs:FilterLogEvents", resource: `${textOf(logGroup, "arn")}:*` },
  ]);
  return allowed.status === "broken"
    ? assumed("notifier", lambda.name, `alarms go out without who did what: ${allowed.reason}`)
    : allowed;
}

function askRole(stack: Stack, lambda: ResolvedResource, asked: readonly { action: string; resource: string }[]): Hop {
  const role = stack.find("role", lambda.inputs["role"], "arn");
  const policies = role && rolePolicies(stack, role);
  if (!role || !policies) return assumed("notifier", lambda.name, "the function's role is not among the resources");
  const arn = textOf(role, "arn");
  const principal = { arn, accountId: accountIn(arn) };
  const region = textOf(lambda, "arn").split(":")[3];
  return rolePermission(
    "notifier",
    lambda.name,
    policies,
    asked.map((each) => ({
      principal,
      ...each,
      context: { "kms:ViaService": `sns.${region}.amazonaws.com`, "aws:SecureTransport": "true" },
    })),
  );
}

function variablesOf(lambda: ResolvedResource): Record<string, unknown> {
  const environment = propertyOf(lambda, "environment") as { variables?: Record<string, unknown> } | undefined;
  return environment?.variables ?? {};
}

const names = (lambda: ResolvedResource): (string | undefined)[] => [
  textOf(lambda, "name"),
  textOf(lambda, "arn"),
  lambda.id,
];
