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
  /** What the quota counts for: a log group, a trail, or the account and Region. */
  resource: string;
}

/** How many alarms a profile of detections brings. */
export interface ProfileRow {
  profile: string;
  /** One for each detection. */
  alarms: number;
  /** It is the one that is deployed. */
  deployed: boolean;
}

export interface Assessment {
  /** Empty where the stack has no detections. */
  profiles: ProfileRow[];
  coverage: CoverageRow[];
  quotas: QuotaRow[];
  /** Full sentences, each with what to do. */
  advice: string[];
}

/** The resources of a stack, by type. */
export class Stack {
  constructor(readonly resources: readonly RegisteredResource[]) {}

  ofType(type: string): RegisteredResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The stack holds detective controls. An application's stack does not, and is not judged by them. */
  get isDetective(): boolean {
    return this.resources.some((resource) => resource.type.startsWith("dynamodb-detective:"));
  }
}

export const urnsOf = (resources: readonly RegisteredResource[]): string[] => resources.map(({ urn }) => urn);
