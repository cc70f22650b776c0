import { preview } from "../../offline/preview";
import type { ResolvedResource } from "../../simulation";
import { packageRoot } from "../../tools/freshness";
import { file, ownPack } from "../offline/support/programs";

/** The resources of the program at the root under a configuration, resolved. */
export async function programWith(config: Record<string, unknown> = {}): Promise<ResolvedResource[]> {
  const values = { emails: ["security@example.com"], ...config };
  const named = Object.fromEntries(Object.entries(values).map(([key, value]) => [`dynamodb-detective:${key}`, value]));
  const configFile = file("Pulumi.test.yaml", JSON.stringify({ config: named }));
  const { resources } = await preview({
    folder: packageRoot,
    stack: "test",
    configFile,
    resolved: true,
    packFolder: ownPack(),
  });
  return resources;
}
