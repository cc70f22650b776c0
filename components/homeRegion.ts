import * as pulumi from "@pulumi/pulumi";

/**
 * The Region of a component before it is registered: that of the stack's configuration, unless the component may have a
 * provider of its own or its parent's. What cannot be checked with it is checked when the provider has answered.
 */
export function homeRegion(opts: pulumi.ComponentResourceOptions = {}): string | undefined {
  if (opts.provider ?? opts.providers ?? opts.parent) return undefined;
  return new pulumi.Config("aws").get("region");
}
