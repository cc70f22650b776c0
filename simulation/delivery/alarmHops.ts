import { assumed, breakOf, broken, type Hop, ok } from "./hop";
import { accountIn } from "./permission";
import { type ResolvedResource, type Stack, textOf } from "./stack";
import { topicHops } from "./topicHops";

/** The hops from an alarm that changed to ALARM to somebody who is told. Of several actions, the first that works. */
export function alarmHops(stack: Stack, alarm: ResolvedResource): Hop[] {
  const hops = [ok("alarm", alarm.name)];
  const actions = alarm.inputs["alarmActions"];
  if (alarm.inputs["actionsEnabled"] === false) {
    return [
      ...hops,
      broken("alarm action", alarm.name, "the alarm's actions are switched off (actionsEnabled is false)"),
    ];
  }
  if (!Array.isArray(actions) || actions.length === 0) {
    return [...hops, broken("alarm action", alarm.name, "the alarm has no alarmActions")];
  }
  const ways = actions.map((action) => actionHops(stack, alarm, String(action)));
  return [...hops, ...(ways.find((way) => breakOf(way) === undefined) ?? ways[0]!)];
}

function actionHops(stack: Stack, alarm: ResolvedResource, action: string): Hop[] {
  if (action.split(":")[2] !== "sns") {
    return [assumed("alarm action", alarm.name, `actions other than topics are not simulated (${action})`)];
  }
  const way = topicHops(stack, action, {
    service: "cloudwatch.amazonaws.com",
    sourceArn: textOf(alarm, "arn"),
    message: { body: messageOf(alarm), attributes: {} },
  });
  return way[0]?.hop === "alarm action" ? way : [ok("alarm action", alarm.name), ...way];
}

/** The fields of an alarm's notification that filter policies read (CloudWatch user guide, "Alarm events" and SNS notification). */
function messageOf(alarm: ResolvedResource): Record<string, unknown> {
  const arn = textOf(alarm, "arn");
  return {
    AlarmName: textOf(alarm, "name"),
    AlarmDescription: textOf(alarm, "alarmDescription"),
    AlarmArn: arn,
    AWSAccountId: accountIn(arn),
    NewStateValue: "ALARM",
    OldStateValue: "OK",
    Trigger: {
      MetricName: alarm.inputs["metricName"],
      Namespace: alarm.inputs["namespace"],
      Threshold: alarm.inputs["threshold"],
      ComparisonOperator: alarm.inputs["comparisonOperator"],
    },
  };
}
