import { by, denied, event, from, identities } from "../../support/events";
import type { Corpus } from "../corpus";

const dax = (name: string, change = {}) =>
  event(name, { clusterName: "cache" }, { ...from("dax.amazonaws.com"), ...change });

export const daxClusterChanged: Corpus = {
  detection: "dax-cluster-changed",
  fires: {
    deleted: dax("DeleteCluster"),
    updated: dax("UpdateCluster"),
    "its parameters changed": dax("UpdateParameterGroup"),
    "nodes taken away": dax("DecreaseReplicationFactor"),
  },
  quiet: {
    created: dax("CreateCluster"),
    described: dax("DescribeClusters"),
    "nodes added": dax("IncreaseReplicationFactor"),
    refused: dax("DeleteCluster", denied),
    "of Amazon Redshift": dax("DeleteCluster", from("redshift.amazonaws.com")),
  },
  evasions: {
    caught: { "its network": dax("UpdateSubnetGroup"), "by root": dax("DeleteCluster", by(identities.root())) },
    missed: { "nodes restarted one by one": { what: dax("RebootNode"), limit: "RebootNode" } },
  },
};
