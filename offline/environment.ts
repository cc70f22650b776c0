import { devNull } from "node:os";
import type { Configuration } from "./configuration";
import type { Project } from "./project";

/**
 * Environment of the program and of the policy pack: what the real language host sets, and what this process has except
 * variables whose names say that they lead to a cloud account or hold a secret. A secret under any other name is passed on.
 *
 * @param keep names to pass on all the same; AWS's credentials files and the metadata service stay out of reach.
 */
export function childEnvironment(
  project: Project,
  configuration: Configuration,
  keep: readonly string[] = [],
  inherited: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(inherited)) {
    if (keep.includes(name) || !isDropped(name)) env[name] = value;
  }
  return {
    ...env,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    NO_COLOR: "1",
    PULUMI_CONFIG: JSON.stringify(configuration.values),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(configuration.secretKeys),
    PULUMI_NODEJS_PROJECT: project.name,
    PULUMI_NODEJS_STACK: configuration.stack,
    PULUMI_NODEJS_ORGANIZATION: organization,
    PULUMI_NODEJS_DRY_RUN: "true",
    ...(project.typescript && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    ...(project.tsconfig && { PULUMI_NODEJS_TSCONFIG_PATH: project.tsconfig }),
  };
}

/** What `pulumi.getOrganization()` says without a Pulumi Cloud organization. */
export const organization = "organization";

/** The region is left: programs read it, and it opens nothing. So is the user's word on whether types are checked. */
const kept = ["AWS_REGION", "AWS_DEFAULT_REGION", "PULUMI_NODEJS_TRANSPILE_ONLY"];
const secretName = /TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|(PRIVATE|API|ACCESS)_?KEY/;
const dropped: readonly RegExp[] = [
  /^(AWS|AZURE|ARM|GOOGLE|GCP|CLOUDSDK|VAULT|OCI|DIGITALOCEAN)_/,
  secretName,
  // The language host's own, set below; and where stacks are kept.
  /^PULUMI_(NODEJS_|BACKEND_URL$)/,
  /^FORCE_COLOR$/,
];

function isDropped(name: string): boolean {
  const upper = name.toUpperCase();
  return !kept.includes(upper) && dropped.some((pattern) => pattern.test(upper));
}

/** Values that are passed on although their names say that they are secret: the program may print them. */
export function keptSecrets(keep: readonly string[] = [], inherited: NodeJS.ProcessEnv = process.env): string[] {
  return keep.flatMap((name) => (secretName.test(name.toUpperCase()) ? (inherited[name] ?? []) : []));
}

/** The user's NODE_OPTIONS with one more module to load first. */
export function withPreload(nodeOptions: string | undefined, preload: string): string {
  // Node.js reads quotes and backslashes in NODE_OPTIONS as a shell would.
  const quoted = `"${preload.replace(/["\\]/g, "\\$&")}"`;
  return [nodeOptions, `--require ${quoted}`].filter(Boolean).join(" ");
}
