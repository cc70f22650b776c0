import type { AccountContents } from "../account";

/** The account after a deployment with every part switched on (engine/everything.ts). */
export interface Deployed {
  account: AccountContents;
  /** What the contents call the resource whose logical name ends like this: its ARN, or its name where the API goes by names. */
  called(suffix: string): string;
}

/** Something that must be so in the account. Nothing of the program is asked: only what boto3 read. */
export interface Check {
  what: string;
  /** Throws where it is not so. */
  holds(deployed: Deployed): void;
}
