import { by, denied, event, from, identities, itemCall } from "../../support/events";
import type { Corpus } from "../corpus";

const created = (change = {}) =>
  event(
    "CreateCluster",
    {
      clusterName: "cache",
      nodeType: "dax.t3.small",
      replicationFactor: 1,
      iamRoleArn: "arn:aws:iam::111122223333:role/dax",
    },
    { ...from("dax.amazonaws.com"), ...change },
  );

export const daxClusterCreated: Corpus = {
  detection: "dax-cluster-created",
  fires: {
    "by a role": created(),
    "by a user": created(by(identities.user("eve"))),
    "through CloudFormation": created(by(identities.throughService("ops", "cloudformation.amazonaws.com"))),
  },
  quiet: {
    deleted: event("DeleteCluster", { clusterName: "cache" }, from("dax.amazonaws.com")),
    described: event("DescribeClusters", null, from("dax.amazonaws.com")),
    refused: created(denied),
    "of Amazon EKS": created(from("eks.amazonaws.com")),
    "a subnet group": event("CreateSubnetGroup", null, from("dax.amazonaws.com")),
  },
  evasions: {
    caught: { "in another Region": created({ awsRegion: "eu-west-1" }) },
    missed: {
      "a cluster that is there": {
        what: itemCall("Query", by(identities.role("dax"))),
        limit: "A cluster that is there already",
      },
    },
  },
};
