import { tableArn } from "./events";

/** What the deployments of the corpus are told: decoys, and another account that may use tables. No keys. */
export const lists = { decoyTableArns: [tableArn("customers-archive")], trustedAccounts: ["777788889999"] };
