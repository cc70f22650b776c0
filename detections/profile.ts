import type { Detection } from "./detection";

/** How much of the catalog is deployed. Each contains the one before. */
export enum DetectionProfile {
  /** The ten published alerts. */
  Published = "published",
  /** What every account should hear of. */
  Essential = "essential",
  /** Every detection. */
  Full = "full",
}

export const isInProfile = ({ origin, profile }: Detection, deployed: DetectionProfile): boolean => {
  switch (deployed) {
    case DetectionProfile.Published:
      return origin !== undefined;
    case DetectionProfile.Essential:
      return profile !== "full";
    case DetectionProfile.Full:
      return true;
  }
};
