import type { Account } from "./account";
import type { Properties } from "./resourceType";
import { describeTable } from "./services/dynamodb";

type Lookup = (args: Properties, account: Account) => Promise<Properties>;

/** The look-ups that components make. The answers come from the account. */
const lookups: { [token: string]: Lookup } = {
  async "aws:index/getCallerIdentity:getCallerIdentity"(_, account) {
    const accountId = await account.accountId();
    return { id: accountId, accountId, userId: "emulated", arn: `arn:aws:sts::${accountId}:user/emulated` };
  },
  async "aws:index/getPartition:getPartition"() {
    return { id: "aws", partition: "aws", dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws" };
  },
  async "aws:index/getRegion:getRegion"(_, { region }) {
    return { id: region, region, name: region, description: region, endpoint: `ec2.${region}.amazonaws.com` };
  },
  async "aws:dynamodb/getTable:getTable"({ name }, account) {
    const table = await describeTable(String(name), account);
    if (!table) throw new Error(`the account has no DynamoDB table ${name}`);
    return { ...(table as Properties), id: table.name };
  },
};

export function lookUp(token: string, args: Properties, account: Account): Promise<Properties> {
  const lookup = lookups[token];
  if (!lookup) throw new Error(`the stand-in provider has no look-up ${token}: add it to test/e2e/provider/lookups.ts`);
  return lookup(args, account.in(args["region"] as string | undefined));
}
