import type { Declared } from "../declared/declared";
import { limitIn } from "./capacity";
import { common, copyOf, limitAt, policiesOf, timeToLiveOf } from "./cloudFormationTable";
import { openKey, tableTier } from "./encryption";
import { Properties } from "./properties";
import { known, list, map, type Reading, read } from "./reading";
import type { Encryption, TableAdapter, TableCopy, TableSettings } from "./view";

/**
 * `AWS::DynamoDB::GlobalTable`, which is `aws-native`'s too: each entry of `Replicas` is a copy, also the one in the
 * stack's own Region.
 */
export const cloudFormationGlobalTable: TableAdapter = {
  type: "AWS::DynamoDB::GlobalTable",
  view: (resource) => {
    const table = new Properties(resource, resource.props);
    const label = `Table ${resource.title}`;
    return {
      ...common(resource, table, label),
      copies: copies(resource, table),
      settings: settingsOf(table, first(resource, table)),
    };
  },
};

function copies(resource: Declared, table: Properties): TableCopy[] {
  const replicas = table.read("Replicas", list);
  const property = table.pathOf("Replicas");
  if (replicas.state === "unknown" || replicas.state === "malformed") {
    return [replicaCopy(resource, table, `${property}[*]`, "Each replica", replicas)];
  }
  // AWS refuses a global table without replicas.
  const count = replicas.state === "known" ? Math.max(replicas.value.length, 1) : 1;
  return Array.from({ length: count }, (_, index) => {
    const path = `${property}[${index}]`;
    const entry = read(replicas, index, map, path);
    const region = new Properties(resource, entry, path).text("Region");
    return replicaCopy(resource, table, path, `Replica ${region.state === "known" ? region.value : index}`, entry);
  });
}

function replicaCopy(
  resource: Declared,
  table: Properties,
  path: string,
  label: string,
  written: Reading<object>,
): TableCopy {
  // A null entry makes a replica with AWS's defaults, as an empty one does.
  const replica = new Properties(resource, written.state === "absent" ? known({}) : written, path);
  const of = `${label.replace(/^./, (letter) => letter.toLowerCase())} of table ${resource.title}`;
  return {
    ...copyOf(resource, replica, `${label} of table ${resource.title}`, encryptionOf(table, replica)),
    resourcePolicies: policiesOf(replica, of, "ReplicaStreamSpecification"),
  };
}

/** The type of encryption is the table's; the key is the replica's. */
function encryptionOf(table: Properties, replica: Properties): Encryption {
  const whole = table.block("SSESpecification");
  const own = replica.block("SSESpecification");
  const enabled = whole.boolean("SSEEnabled");
  const key = own.pathOf("KMSMasterKeyId");
  return {
    property: replica.pathOf("SSESpecification"),
    tier: tableTier(enabled, own.text("KMSMasterKeyId")),
    flag: whole.setting("SSEEnabled", enabled, false),
    openBecause:
      enabled.state === "known" ? openKey(key) : `${table.pathOf("SSESpecification")} is not known before deployment`,
    write: (tier) => {
      const on = `${whole.pathOf("SSEEnabled")}: ${tier !== "aws-owned"}`;
      const type = tier === "aws-owned" ? "" : `, ${whole.pathOf("SSEType")}: "KMS"`;
      return tier === "customer-managed" ? `${on}${type}, ${key}: <your key in that Region>` : `${on}${type}`;
    },
  };
}

/** What is read once for the whole table, and written per replica, is read of the first. */
function first(resource: Declared, table: Properties): Properties {
  const replicas = table.read("Replicas", list);
  const path = `${table.pathOf("Replicas")}[0]`;
  return new Properties(resource, read(replicas, 0, map, path), path);
}

function settingsOf(table: Properties, replica: Properties): TableSettings {
  const stream = table.block("StreamSpecification");
  const billingMode = table.setting("BillingMode", table.text("BillingMode"), "PROVISIONED", JSON.stringify);
  // Capacity is fixed for reads alone; what is written, and what scales, has a most.
  const reads = replica.block("ReadProvisionedThroughputSettings");
  const scaledReads = reads.block("ReadCapacityAutoScalingSettings");
  const fixedReads = limitAt(reads, "ReadCapacityUnits");
  const scaledWrites = table.block("WriteProvisionedThroughputSettings").block("WriteCapacityAutoScalingSettings");
  const servedReads = limitAt(replica.block("ReadOnDemandThroughputSettings"), "MaxReadRequestUnits");
  const tableReads = limitAt(table.block("ReadOnDemandThroughputSettings"), "MaxReadRequestUnits");
  return {
    stream: stream.setting("StreamViewType", stream.text("StreamViewType"), "NONE", JSON.stringify),
    timeToLive: timeToLiveOf(table),
    billingMode,
    readLimit: limitIn(
      billingMode,
      fixedReads.reading.state === "absent" ? limitAt(scaledReads, "MaxCapacity") : fixedReads,
      servedReads.reading.state === "absent" ? tableReads : servedReads,
    ),
    writeLimit: limitIn(
      billingMode,
      limitAt(scaledWrites, "MaxCapacity"),
      limitAt(table.block("WriteOnDemandThroughputSettings"), "MaxWriteRequestUnits"),
    ),
  };
}
