import type { Registration } from "./registration";
import { unwrapSecret, type Wire } from "./wire";

/** A resource whose content the preview cannot see, or that no policy looks at. */
export interface NotInspected {
  urn: string;
  type: string;
  reason: string;
}

/** Name of this package's own policy pack. */
const ownPack = "dynamodb-detective";

/** Other ways to create a table, which the own pack does not read (yet): the type alone says so. */
const tableTypes: readonly RegExp[] = [
  /^aws:dynamodb\/globalTable:GlobalTable$/,
  /^aws-native:dynamodb:(Global)?Table$/,
  // Templates hold any resource of CloudFormation.
  /^aws:cloudformation\/(stack:Stack|stackInstances:StackInstances|stackSet:StackSet|stackSetInstance:StackSetInstance)$/,
  /^aws-native:cloudformation:(Stack|StackSet)$/,
  /^aws:serverlessrepository\/cloudFormationStack:CloudFormationStack$/,
  /^aws:servicecatalog\/provisionedProduct:ProvisionedProduct$/,
  /^aws-native:servicecatalog:CloudFormationProvisionedProduct$/,
];
/** Types that create whatever their input says: a type of CloudFormation. */
const genericTypes: Record<string, string> = {
  "aws:cloudcontrol/resource:Resource": "typeName",
  "aws-native:index:ExtensionResource": "type",
};
const cloudFormationTableType =
  /^AWS::(DynamoDB::(Global)?Table|CloudFormation::Stack(Set)?|ServiceCatalog::CloudFormationProvisionedProduct)$/;

/**
 * What of a program no verdict is about. Other types than tables are not listed, only those that hide one. Which types a
 * pack of others reads is not known here: saying that it does not read one would be a guess, and `--strict` would fail a
 * program that its pack approves of; so tables are listed for the own pack alone.
 */
export function notInspected(registrations: readonly Registration[], packName: string): NotInspected[] {
  return registrations.flatMap((registration) => {
    const reason = reasonFor(registration, packName);
    return reason === undefined ? [] : [{ urn: registration.urn, type: registration.type, reason }];
  });
}

function reasonFor({ type, remote, inputs }: Registration, packName: string): string | undefined {
  if (remote) return "a component of another language: its children are made by its own provider";
  if (type.startsWith("pulumi-nodejs:dynamic")) return "a dynamic resource: what it makes is the program's own code";
  if (packName !== ownPack || !mayCreateTable(type, inputs)) return undefined;
  return "may create a DynamoDB table, which no policy of this pack looks at yet";
}

function mayCreateTable(type: string, inputs: Record<string, Wire>): boolean {
  const property = genericTypes[type];
  if (property === undefined) return tableTypes.some((pattern) => pattern.test(type));
  const typeName = unwrapSecret(inputs[property]);
  // A name that is not known yet has no colons, and may become any.
  return typeof typeName !== "string" || !typeName.includes("::") || cloudFormationTableType.test(typeName);
}
