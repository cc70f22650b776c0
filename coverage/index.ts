import type { RegisteredResource } from "../stack/registered";

/** One AWS practice or one alert, and the registered resources that make it work. */
export interface CoverageRow {
  kind: "practice" | "alert";
  id: string;
  title: string;
  covered: boolean;
  /** URNs of the resources that cover it; empty where it is not covered. */
  by: string[];
  /** What is missing, or what a person should know. */
  note?: string;
}

/** How much of an AWS quota the stack uses. */
export interface QuotaRow {
  name: string;
  used: number;
  limit: number;
  /** What the quota counts for: the name of a log group, of a trail, or the account and Region. */
  resource: string;
}

export interface Assessment {
  coverage: CoverageRow[];
  quotas: QuotaRow[];
  /** Full sentences, each with what to do. */
  advice: string[];
}

/** What the registered resources cover, use up, and leave to be desired. */
export function assess(_resources: readonly RegisteredResource[]): Assessment {
  return { coverage: [], quotas: [], advice: [] };
}
