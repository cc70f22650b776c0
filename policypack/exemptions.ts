import { ConfigurationError, type ConfigurationSchema } from "./configuration";
import { matchesPattern } from "./pattern";
import type { Verdict } from "./verdict";

/** Lets one resource, or a few, off one policy. */
export interface Exemption {
  /** Logical name, or URN, with `*` for any text. */
  resource: string;
  reason?: string;
  /** Last day on which it counts, in UTC: `2027-01-31`. */
  expires?: string;
}

/** The configuration key that every policy has. */
export const exemptionsSchema: ConfigurationSchema = {
  exemptions: {
    type: "array",
    items: {
      type: "object",
      properties: {
        resource: { type: "string", description: "Logical name or URN; `*` stands for any text." },
        reason: { type: "string", description: "Why." },
        expires: {
          type: "string",
          pattern: "^\\d{4}-\\d{2}-\\d{2}$",
          description: "Write the last day on which it counts, in UTC: 2027-01-31.",
        },
      },
    },
    default: [],
    description:
      "Resources that may violate the policy: `resource` (logical name or URN, `*` for any text, not alone), `reason` and `expires` (last day, UTC). What is exempt is reported as `[exempt]` at level advisory. Without a reason or a day, and after that day, an exemption does not count.",
  },
};

/** First word of a report on something that is exempt. */
export const exemptMarker = "[exempt]";

/** Throws a `ConfigurationError` for an exemption that is none. */
export function checkExemptions(policy: string, exemptions: readonly Exemption[]): void {
  exemptions.forEach(({ resource, expires }, index) => {
    const refuse = (problem: string): never => {
      throw new ConfigurationError(policy, `exemptions[${index}]${problem}`);
    };
    if (resource === undefined) refuse(".resource is missing. Write a logical name or a URN.");
    // Only wildcards, or only the beginning that all URNs share.
    if (/^(urn:(pulumi:)?)?[*?:]*$/.test(resource)) {
      refuse(
        `.resource is ${JSON.stringify(resource)}, which lets everything off. Write a name, or switch the policy off.`,
      );
    }
    if (expires !== undefined && new Date(`${expires}T00:00:00Z`).toJSON()?.slice(0, 10) !== expires) {
      refuse(`.expires is ${JSON.stringify(expires)}, which is no day. Write one such as 2027-01-31.`);
    }
  });
}

/** What is exempt is no violation any more, but never silent; an exemption that does not count says why. */
export function withExemptions(
  verdicts: readonly Verdict[],
  { name, urn }: { name: string; urn: string },
  exemptions: readonly Exemption[],
  today: string,
): readonly Verdict[] {
  const own = exemptions.filter(({ resource }) => matchesPattern(resource, resource.startsWith("urn:") ? urn : name));
  if (own.length === 0) return verdicts;
  const flaws = own.map((exemption) => flawOf(exemption, today));
  const valid = own.find((_, index) => flaws[index] === undefined);
  return verdicts.map((verdict): Verdict => {
    if (verdict.kind === "compliant") return verdict;
    if (valid) return { kind: "exempt", message: `until ${valid.expires}, ${valid.reason}: ${verdict.message}` };
    return { ...verdict, message: `${verdict.message} ${flaws.join(" ")}` };
  });
}

function flawOf({ resource, reason, expires }: Exemption, today: string): string | undefined {
  const title = `The exemption of ${JSON.stringify(resource)}`;
  if (reason === undefined || reason.trim() === "") return `${title} has no reason.`;
  if (expires === undefined) return `${title} has no day on which it expires.`;
  return expires < today ? `${title} expired on ${expires}.` : undefined;
}
