import type { Account } from "../../provider/account";
import type { Deployed } from "../checks/check";

/** Something that somebody could break in the account. */
export interface Fault {
  what: string;
  /** Breaks it; the function that it returns mends it. */
  make(account: Account, deployed: Deployed): Promise<() => Promise<unknown>>;
  /** The checks that must fail because of it, and no others. */
  noticedBy: string[];
}
