/** A property whose value is only known after deployment, as printed in previews. */
export const unknownText = "[unknown]";
/** A secret property, as printed in previews. Its value is never printed. */
export const secretText = "[secret]";

/**
 * The assets that are printed as they are, inside an archive: the detections and tables beside a function's bundle, which say
 * what the function does and hold no secret.
 */
export const printedAssets: readonly string[] = ["detections.json", "tables.json"];

/**
 * One resource that a Pulumi program registered, as plain data. The offline preview and a stack export both give these;
 * coverage and simulation read nothing else, so that what they say is about what would be deployed.
 */
export interface RegisteredResource {
  urn: string;
  /** Type token, for example `aws:dynamodb/table:Table`. */
  type: string;
  /** Logical name. */
  name: string;
  /** Inputs as registered; unknown values are `[unknown]`, secrets `[secret]`. */
  inputs: Record<string, unknown>;
  /** URN of the parent; absent for the stack itself. */
  parent?: string;
  /** The resource option `protect`. */
  protect: boolean;
}
