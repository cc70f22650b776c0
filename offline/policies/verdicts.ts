import { isUndecided, undecidedMarker } from "../../policypack/undecided";
import type { EnforcementLevel } from "./configuration";
import type { Diagnostic } from "./pack";

/** A violation, or a verdict that could not be reached. */
export interface Verdict {
  policy: string;
  /** Level of the violation; for an undecided one, the level that the policy is configured with. */
  enforcementLevel: EnforcementLevel;
  urn: string;
  /** What is wrong and what to write instead. */
  message: string;
  /** What the policy checks. */
  description: string;
}

export interface Verdicts {
  violations: Verdict[];
  undecided: Verdict[];
}

/** How `@pulumi/policy` reports that a policy read a value which is not known yet. */
const cannotRun = /^can't run (?:policy|remediation) '[^']*' from policy pack '[^']*' during preview: /;

/** Tells violations from verdicts that a value not known before deployment stands in the way of. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Verdicts {
  const verdicts: Verdicts = { violations: [], undecided: [] };
  for (const { policy, configured, enforcementLevel, urn, description, message } of diagnostics) {
    // The SDK puts the policy's description in front of the message.
    const own = message.startsWith(`${description}\n`) ? message.slice(description.length + 1) : message;
    const undecided = enforcementLevel === "advisory" && (isUndecided(own) || cannotRun.test(own));
    if (undecided) {
      const reason = own.replace(undecidedMarker, "").replace(cannotRun, "").trim();
      verdicts.undecided.push({ policy, enforcementLevel: configured, urn, message: reason, description });
    } else {
      verdicts.violations.push({ policy, enforcementLevel, urn, message: own, description });
    }
  }
  return verdicts;
}
