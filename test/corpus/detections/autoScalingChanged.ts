import { by, denied, event, from, identities } from "../../support/events";
import type { Corpus } from "../corpus";

/** documented: Application Auto Scaling user guide, of another namespace. */
const scaling = (name: string, serviceNamespace = "dynamodb", change = {}) =>
  event(
    name,
    {
      serviceNamespace,
      resourceId: "table/orders",
      scalableDimension: "dynamodb:table:WriteCapacityUnits",
      minCapacity: 1,
      maxCapacity: 2,
    },
    { ...from("autoscaling.amazonaws.com"), additionalEventData: { service: "application-autoscaling" }, ...change },
  );

export const autoScalingChanged: Corpus = {
  detection: "auto-scaling-changed",
  fires: {
    "a target taken away": scaling("DeregisterScalableTarget"),
    "a target with a low limit": scaling("RegisterScalableTarget"),
    "a policy deleted": scaling("DeleteScalingPolicy"),
    "a schedule deleted": scaling("DeleteScheduledAction"),
  },
  quiet: {
    "of another service": scaling("RegisterScalableTarget", "ecs"),
    described: scaling("DescribeScalableTargets"),
    refused: scaling("DeregisterScalableTarget", "dynamodb", denied),
    "a group of EC2": event("DeleteAutoScalingGroup", { autoScalingGroupName: "x" }, from("autoscaling.amazonaws.com")),
    "another event source": scaling("DeregisterScalableTarget", "dynamodb", from("dynamodb.amazonaws.com")),
  },
  evasions: {
    caught: {
      "through CloudFormation": scaling(
        "DeregisterScalableTarget",
        "dynamodb",
        by(identities.throughService("ops", "cloudformation.amazonaws.com")),
      ),
    },
    missed: { "another policy": { what: scaling("PutScalingPolicy"), limit: "PutScalingPolicy" } },
  },
};
