import { nativeName } from "../declared/cloudFormation";
import type { Declared } from "../declared/declared";
import { Properties } from "../table/properties";
import { list, map, type Reading, read, string } from "../table/reading";
import type { Setting } from "../table/view";

/** A trail of CloudTrail. */
export interface Trail {
  label: string;
  logFileValidation: Setting<boolean>;
  multiRegion: Setting<boolean>;
  kmsKey: { property: string; reading: Reading<string> };
  /** Whether it records data events of tables; undefined where that is not known before deployment. */
  recordsTables: boolean | undefined;
  selectorProperties: readonly [string, string];
  ignored: Declared["ignored"];
}

const tableType = "AWS::DynamoDB::Table";

/** The trail that a resource is; undefined for other types. */
export function trailOf(resource: Declared): Trail | undefined {
  const { type, title, props, ignored } = resource;
  if (type !== "aws:cloudtrail/trail:Trail" && type !== "AWS::CloudTrail::Trail") return undefined;
  // The AWS provider has CloudFormation's names, spelled as aws-native does.
  const spelled = type.startsWith("aws:") ? nativeName : resource.spelled;
  const trail = new Properties({ ...resource, spelled }, props);
  const flag = (name: string): Setting<boolean> => trail.setting(name, trail.boolean(name), false);
  return {
    label: `Trail ${title}`,
    logFileValidation: flag("EnableLogFileValidation"),
    multiRegion: flag("IsMultiRegionTrail"),
    kmsKey: { property: trail.pathOf("KMSKeyId"), reading: trail.text("KMSKeyId") },
    recordsTables: any([
      someIn(trail.read("EventSelectors", list), (selector) =>
        someIn(read(selector, spelled("DataResources"), list), (data) =>
          is(read(data, spelled("Type"), string), tableType),
        ),
      ),
      someIn(trail.read("AdvancedEventSelectors", list), (selector) =>
        someIn(read(selector, spelled("FieldSelectors"), list), (field) =>
          all([
            is(read(field, spelled("Field"), string), "resources.type"),
            someIn(read(field, type.startsWith("aws:") ? "equals" : spelled("Equals"), list), (_, value) =>
              is(value, tableType),
            ),
          ]),
        ),
      ),
    ]),
    selectorProperties: [trail.pathOf("EventSelectors"), trail.pathOf("AdvancedEventSelectors")],
    ignored,
  };
}

function someIn(
  items: Reading<unknown[]>,
  test: (item: Reading<object>, value: Reading<string>) => boolean | undefined,
): boolean | undefined {
  if (items.state === "unknown") return undefined;
  if (items.state !== "known") return false;
  return any(items.value.map((_, index) => test(read(items, index, map), read(items, index, string))));
}

function is(reading: Reading<string>, value: string): boolean | undefined {
  if (reading.state === "unknown") return undefined;
  return reading.state === "known" && reading.value === value;
}

function any(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function all(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}
