import { openKey, replicaTier, type TierRange, tableTier, upTo } from "./encryption";
import { ownTags } from "./ownTags";
import { overlap } from "./propertyPath";
import { boolean, known, list, map, number, type Reading, read, string } from "./reading";
import type { TableAdapter, TableCopy, TableResource } from "./view";

/** `aws.dynamodb.Table`, with each entry of `replicas`. */
export const awsTable: TableAdapter = {
  type: "aws:dynamodb/table:Table",
  covers: "`aws.dynamodb.Table`, with each entry of `replicas`",
  copies: (resource) => {
    const label = `Table ${JSON.stringify(resource.name)}`;
    const table = tableCopy(resource, label);
    // Where the table's own encryption is malformed, that is its finding; its replicas are then not known to be better.
    const tier = "state" in table.encryption.tier ? upTo("aws-managed") : table.encryption.tier;
    return [table, ...replicaCopies(resource, tier)];
  },
};

function tableCopy(resource: TableResource, label: string): TableCopy {
  const { props } = resource;
  const recovery = read(props, "pointInTimeRecovery", map);
  const encryption = read(props, "serverSideEncryption", map);
  const encrypted = read(encryption, "enabled", boolean, "serverSideEncryption.enabled");
  const key = read(encryption, "kmsKeyArn", string, "serverSideEncryption.kmsKeyArn");
  return {
    label,
    deletionProtection: {
      property: "deletionProtectionEnabled",
      // A table restored from a backup does not inherit protection, so what is written counts there too.
      written: read(props, "deletionProtectionEnabled", boolean),
      otherwise: false,
      write: (value) => `deletionProtectionEnabled: ${value}`,
    },
    pointInTimeRecovery: {
      property: "pointInTimeRecovery.enabled",
      written: read(recovery, "enabled", boolean, "pointInTimeRecovery.enabled"),
      otherwise: false,
      write: (value) => `pointInTimeRecovery: { enabled: ${value} }`,
    },
    recoveryPeriodInDays: {
      property: "pointInTimeRecovery.recoveryPeriodInDays",
      written: read(recovery, "recoveryPeriodInDays", number, "pointInTimeRecovery.recoveryPeriodInDays"),
      otherwise: 35,
      write: (days) => `pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: ${days} }`,
    },
    encryption: {
      property: "serverSideEncryption",
      tier: tableTier(encrypted, key),
      openBecause:
        encrypted.state === "known"
          ? openKey("serverSideEncryption.kmsKeyArn")
          : "serverSideEncryption is not known before deployment",
      write: writeTableEncryption,
    },
    tags: ownTags(resource),
  };
}

function replicaCopies(resource: TableResource, table: TierRange): TableCopy[] {
  const replicas = read(resource.props, "replicas", list);
  // How many replicas there are is open: one copy, of which nothing is known, stands for all of them.
  const each = (reading: Reading<object>) => replicaCopy(resource, "replicas[*]", "Each replica", reading, table);
  if (replicas.state === "unknown" || replicas.state === "malformed") return [each(replicas)];
  const entries = replicas.state === "known" ? replicas.value : [];
  const copies = entries.map((_, index) => {
    const path = pathOf(index);
    const entry = read(replicas, index, map, path);
    const region = read(entry, "regionName", string);
    return replicaCopy(resource, path, `Replica ${region.state === "known" ? region.value : index}`, entry, table);
  });
  // A replica that is not written stays where changes of it are ignored. A table that ignores all and writes none leaves
  // them to `TableReplica`, as the provider documents it, and each of those is judged by itself.
  const keepsOthers = resource.ignoreChanges.some(
    (path) =>
      path !== "replicas" && overlap(path, "replicas") && !entries.some((_, index) => overlap(path, pathOf(index))),
  );
  return keepsOthers ? [...copies, { ...each({ state: "unknown" }), unwritten: true }] : copies;
}

const pathOf = (index: number): string => `replicas[${index}]`;

function replicaCopy(
  resource: TableResource,
  path: string,
  label: string,
  written: Reading<object>,
  table: TierRange,
): TableCopy {
  // A null entry makes a replica with AWS's defaults, as an empty one does.
  const entry = written.state === "absent" ? known({}) : written;
  const protection = `${path}.deletionProtectionEnabled`;
  const recovery = `${path}.pointInTimeRecovery`;
  const key = `${path}.kmsKeyArn`;
  const writtenKey = read(entry, "kmsKeyArn", string, key);
  const propagation = `${path}.propagateTags`;
  return {
    label: `${label} of table ${JSON.stringify(resource.name)}`,
    deletionProtection: {
      property: protection,
      written: read(entry, "deletionProtectionEnabled", boolean, protection),
      otherwise: false,
      write: (value) => `${protection}: ${value}`,
    },
    pointInTimeRecovery: {
      property: recovery,
      written: read(entry, "pointInTimeRecovery", boolean, recovery),
      otherwise: false,
      write: (value) => `${recovery}: ${value}`,
    },
    // A replica's window cannot be written: AWS takes its default, which is the longest.
    recoveryPeriodInDays: {
      property: recovery,
      written: { state: "absent" },
      otherwise: 35,
      write: () => `${recovery}: true`,
    },
    encryption: {
      property: key,
      // `unknown` of a whole entry does not say that the entry names a key; `unknown` of the key alone does.
      tier: entry.state === "unknown" ? upTo("customer-managed") : replicaTier(writtenKey, table),
      openBecause:
        entry.state === "unknown"
          ? `${path} is not known before deployment`
          : writtenKey.state === "unknown"
            ? openKey(key)
            : "without a key of its own a replica is encrypted as its table is, which is not known before deployment",
      write: (tier) =>
        tier === "customer-managed" ? `${key}: <ARN of your key in that Region>` : writeTableEncryption(tier),
    },
    tags: {
      from: "table",
      propagated: {
        property: propagation,
        written: read(entry, "propagateTags", boolean, propagation),
        otherwise: false,
        write: (value) => `${propagation}: ${value}`,
      },
    },
  };
}

function writeTableEncryption(tier: string): string {
  return tier === "customer-managed"
    ? "serverSideEncryption: { enabled: true, kmsKeyArn: <ARN of your key> }"
    : `serverSideEncryption: { enabled: ${tier === "aws-managed"} }`;
}
