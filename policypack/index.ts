import { PolicyPack } from "@pulumi/policy";
import { staleSources } from "../tools/freshness";
import { decodeOnce } from "./decodedOnce";
import { policies } from "./policies";
import { sdkPolicy } from "./sdk";

// The entry of the pack, and the only file that constructs it: that starts a server, whose port is the first line on
// stdout. Nothing that is loaded from here may print.

const compiledFrom = ["policypack", "iam", "parsing", "tools", "wording"];
const stale = staleSources().filter((source) => compiledFrom.includes(source.split("/")[0]!));
if (stale.length > 0) {
  throw new Error(`The compiled policy pack is older than its sources (${stale.join(", ")}). Run: npm run build`);
}

decodeOnce();
new PolicyPack("dynamodb-detective", {
  displayName: "DynamoDB Detective",
  description:
    "Stops DynamoDB tables that are untagged, unprotected, weakly encrypted or open to others before they are deployed.",
  provider: "aws",
  enforcementLevel: "mandatory",
  policies: policies.map(sdkPolicy),
});
