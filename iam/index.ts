/**
 * Who may do what: one evaluator of AWS policy documents. No Pulumi, no AWS SDK, no dependency.
 *
 * - `parsePolicyDocument` reads a document, and refuses what AWS would refuse.
 * - `evaluate` judges one request by documents; `mayAccess` by the policies of resource and caller together.
 * - `exposure` says whom a resource policy lets in from outside.
 */
export { type AccessPolicies, mayAccess } from "./access";
export {
  type Condition,
  type Listed,
  type PolicyDocument,
  PolicyDocumentError,
  type PolicyType,
  parsePolicyDocument,
  readPolicyDocument,
  type Statement,
} from "./document";
export { type Decision, evaluate } from "./evaluate";
export { type ExposureFinding, type ExposureReport, type ExposureSettings, exposure } from "./exposure";
export type { Exposure, Trust } from "./exposure/audience";
export type { ResourceService } from "./exposure/limits";
export type { PrincipalEntry } from "./principal";
export { type AccessRequest, type ContextValue, type RequestPrincipal, unknownValue } from "./request";
