import { matchesPattern } from "../pattern";
import type { StackResource } from "../policy";
import type { StackTable } from "../stackLinks";
import { known, list, map, type Reading, read, string } from "../table/reading";
import { hasTag } from "../table/scope";

/** A selection of AWS Backup: which resources a plan backs up. */
interface Selection {
  resource: StackResource;
  /** Property that holds the ARNs. */
  property: string;
  arns: Reading<unknown[]>;
  excluded: Reading<unknown[]>;
  tags: Reading<unknown[]>;
  tagNames: { key: string; value: string };
  hasConditions: boolean;
}

/** The selections among the resources of a stack, of both providers. */
export function selectionsOf(resources: readonly StackResource[]): Selection[] {
  return resources.flatMap((resource): Selection[] => {
    const props = known(resource.props);
    if (resource.type === "aws:backup/selection:Selection") {
      return [
        {
          resource,
          property: "resources",
          arns: read(props, "resources", list),
          excluded: read(props, "notResources", list),
          tags: read(props, "selectionTags", list),
          tagNames: { key: "key", value: "value" },
          hasConditions: isWritten(read(props, "conditions", list)),
        },
      ];
    }
    if (resource.type !== "aws-native:backup:BackupSelection") return [];
    const selection = read(props, "backupSelection", map);
    return [
      {
        resource,
        property: "backupSelection",
        arns: read(selection, "resources", list),
        excluded: read(selection, "notResources", list),
        tags: read(selection, "listOfTags", list),
        tagNames: { key: "conditionKey", value: "conditionValue" },
        hasConditions: isWritten(read(selection, "conditions", map)),
      },
    ];
  });
}

const isWritten = (reading: Reading<object>): boolean =>
  reading.state === "unknown" || (reading.state === "known" && Object.keys(reading.value).length > 0);

/**
 * Whether a selection backs a table up; undefined where that is not known before deployment. Its tags are alternatives; its
 * conditions, which must all hold, are not evaluated.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
 */
export function backsUp(selection: Selection, table: StackTable): boolean | undefined {
  if (selected(selection.excluded, selection, table) === true) return false;
  const byArn = selected(selection.arns, selection, table);
  const byTag = tagged(selection, table);
  const found =
    byArn === true || byTag === true ? true : byArn === undefined || byTag === undefined ? undefined : false;
  if (found !== true) return found;
  const isSure = !selection.hasConditions && selection.excluded.state !== "unknown";
  return isSure ? true : undefined;
}

function selected(
  arns: Reading<unknown[]>,
  { resource, property }: Selection,
  { resource: own, view: { name } }: StackTable,
): boolean | undefined {
  if (arns.state === "absent" || arns.state === "malformed") return false;
  const dependencies = resource.dependencies[property] ?? [];
  const made = dependencies.includes(own.urn);
  if (arns.state === "unknown") return made ? true : undefined;
  const answers = arns.value.map((_, index) => {
    const arn = read(arns, index, string);
    // Made of other resources, it is not this table's.
    if (arn.state === "unknown") return made ? true : dependencies.length > 0 ? false : undefined;
    if (arn.state !== "known") return false;
    if (matchesPattern(arn.value, "arn:aws:dynamodb:any:any:table/any")) return true;
    return namesTable(arn.value, name);
  });
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** By the name at the end of an ARN or a pattern of ARNs. */
function namesTable(pattern: string, name: Reading<string>): boolean | undefined {
  const [, , service, , , resource = ""] = pattern.split(":");
  if (service !== "dynamodb" || !resource.startsWith("table/")) return false;
  return name.state === "known" ? matchesPattern(resource.slice("table/".length), name.value) : undefined;
}

function tagged({ tags, tagNames }: Selection, { view: { copies } }: StackTable): boolean | undefined {
  if (tags.state === "absent" || tags.state === "malformed") return false;
  if (tags.state === "unknown") return undefined;
  const answers = tags.value.flatMap((_, index): (boolean | undefined)[] => {
    const tag = read(tags, index, map);
    const key = read(tag, tagNames.key, string);
    const value = read(tag, tagNames.value, string);
    if (key.state !== "known" || value.state !== "known") return [key.state === "absent" ? false : undefined];
    // Cloud Control takes it as a condition key.
    const name = key.value.replace(/^aws:ResourceTag\//, "");
    return copies.map((copy) => hasTag(copy, name, [value.value]));
  });
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}
