import { BatchImportFindingsCommand, BatchUpdateFindingsCommand, SecurityHubClient } from "@aws-sdk/client-securityhub";
import type { SecurityHub } from "./publisher";

/** AWS Security Hub of the function's account and Region. */
export function securityHubClient(
  client: Pick<SecurityHubClient, "send"> = new SecurityHubClient({ maxAttempts: 5 }),
): SecurityHub {
  return {
    import: async (Findings) => (await client.send(new BatchImportFindingsCommand({ Findings }))).FailedCount ?? 0,
    update: async (update) =>
      (await client.send(new BatchUpdateFindingsCommand(update))).UnprocessedFindings?.length ?? 0,
  };
}
