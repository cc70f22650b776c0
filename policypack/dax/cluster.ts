import type { Declared } from "../declared/declared";
import { Properties } from "../table/properties";
import { boolean, map, read, string } from "../table/reading";
import type { Setting } from "../table/view";

/** A cluster of DynamoDB Accelerator. */
export interface DaxCluster {
  label: string;
  encryptedAtRest: Setting<boolean>;
  /** `TLS` or `NONE`. */
  endpointEncryption: Setting<string>;
  ignored: Declared["ignored"];
}

/** The cluster that a resource is; undefined for other types. */
export function daxCluster(resource: Declared): DaxCluster | undefined {
  const { type, title, props, ignored } = resource;
  const label = `DAX cluster ${title}`;
  if (type === "aws:dax/cluster:Cluster") {
    const encryption = read(props, "serverSideEncryption", map);
    return {
      label,
      encryptedAtRest: {
        property: "serverSideEncryption.enabled",
        written: read(encryption, "enabled", boolean, "serverSideEncryption.enabled"),
        otherwise: false,
        write: (value) => `serverSideEncryption: { enabled: ${value} }`,
      },
      endpointEncryption: {
        property: "clusterEndpointEncryptionType",
        written: read(props, "clusterEndpointEncryptionType", string),
        otherwise: "NONE",
        write: (value) => `clusterEndpointEncryptionType: "${value}"`,
      },
      ignored,
    };
  }
  if (type !== "AWS::DAX::Cluster") return undefined;
  const cluster = new Properties(resource, props);
  const encryption = cluster.block("SSESpecification");
  return {
    label,
    encryptedAtRest: encryption.setting("SSEEnabled", encryption.boolean("SSEEnabled"), false),
    endpointEncryption: cluster.setting(
      "ClusterEndpointEncryptionType",
      cluster.text("ClusterEndpointEncryptionType"),
      "NONE",
      JSON.stringify,
    ),
    ignored,
  };
}
