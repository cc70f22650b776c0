import { managementCall } from "../../support/events";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

/** inferred: API model. */
const config = (name: string, change = {}) => managementCall("config", name, { configRuleName: "tables" }, change);
const deleted = (change = {}) => config("DeleteConfigRule", change);

export const configRulesDeleted: Corpus = {
  detection: "config-rules-deleted",
  fires: {
    "a rule": deleted(),
    "a conformance pack": config("DeleteConformancePack"),
    "a remediation": config("DeleteRemediationConfiguration"),
    "a rule of the organization": config("DeleteOrganizationConfigRule"),
  },
  quiet: {
    ...notReally(deleted, "wafv2.amazonaws.com"),
    "a rule made": config("PutConfigRule"),
    "rules read": config("DescribeConfigRules"),
    "results deleted": config("DeleteEvaluationResults"),
    "no such rule": deleted({ errorCode: "NoSuchConfigRuleException" }),
  },
  evasions: {
    caught: byAnybody(deleted),
    missed: {
      "a rule that checks nothing": { what: config("PutConfigRule"), limit: "A rule that is changed" },
    },
  },
};
