import {
  maxRegexesPerPattern,
  metricFiltersPerLogGroup,
  regexesPerLogGroup,
  subscriptionFiltersPerLogGroup,
} from "../../detections/filterPattern/limits";
import { shown } from "../../wording";
import { ArgumentError } from "../argumentError";
import { arns, readArn } from "../arns";
import { checkLogRetention } from "../logRetention";
import { validateRetention } from "../secureBucket/plan";
import type { AuditTrailArgs, ExistingTrailArgs } from "./args";
import { countValues, managementSelectorName, planSelectors, selectionOf, selectorValueLimit } from "./selectors";

/** Days before evidence moves to archive storage, unless it expires by then. */
const defaultArchiveDays = 90;

/** Arguments that make sense beside `existing`; all others describe what would be created. */
const besideExisting: (keyof AuditTrailArgs)[] = ["existing", "healthTopicArn", "tags"];

/**
 * Throws `ArgumentError` for arguments that AWS would refuse or that contradict each other. Values that are only known
 * after deployment are passed over here and looked at when they arrive.
 *
 * @param region Home Region, if it is known already. A single-Region trail sees its own tables only.
 */
export function validateAuditTrail(args: AuditTrailArgs, region?: string): void {
  if (args.existing) {
    validateExisting(args, args.existing);
    return;
  }
  args.tableArns?.forEach((arn, i) => {
    if (typeof arn === "string") checkTableArn(args, i, arn, region);
  });
  validateSelection(args);

  const { logRetentionDays, keyReaderArns = [] } = args;
  if (logRetentionDays !== undefined) checkLogRetention("logRetentionDays", logRetentionDays);
  validateRetention(retentionOf(args));
  if (args.objectLock && args.allowConfigDelivery) {
    // AWS Config Developer Guide, "Managing the Delivery Channel".
    throw new ArgumentError(
      "allowConfigDelivery",
      "AWS Config cannot deliver to a bucket whose objects are locked by default (objectLock). Write false, and give AWS Config a bucket of its own.",
    );
  }
  keyReaderArns.forEach((arn, i) => {
    if (typeof arn === "string") readArn(`keyReaderArns[${i}]`, arns.principal, arn);
  });
}

/** Whether AWS Config may deliver to the evidence bucket. It cannot where objects are locked by default. */
export function allowsConfigDelivery({ existing, objectLock, allowConfigDelivery }: AuditTrailArgs): boolean {
  return existing === undefined && (allowConfigDelivery ?? objectLock === undefined);
}

/** How long the evidence is kept, with defaults. */
export function retentionOf({ archiveAfterDays, expireAfterDays = 0, evidence, objectLock }: AuditTrailArgs) {
  const expiresFirst = expireAfterDays > 0 && expireAfterDays <= defaultArchiveDays;
  return {
    archiveAfterDays: archiveAfterDays ?? (expiresFirst ? 0 : defaultArchiveDays),
    expireAfterDays,
    evidence,
    objectLock,
  };
}

/**
 * A table's ARN, when it has arrived. Throws `ArgumentError` for what is not one, and where the trail logs one Region only
 * for one of another.
 */
export function checkTableArn(args: AuditTrailArgs, i: number, arn: string, region?: string): string {
  const { region: tableRegion } = readArn(`tableArns[${i}]`, arns.table, arn);
  if (args.multiRegion === false && region !== undefined && tableRegion !== region) {
    throw new ArgumentError(
      `tableArns[${i}]`,
      `${shown(arn)} is in ${tableRegion}, but the trail logs ${region} only. Set multiRegion: true, or leave the table out.`,
    );
  }
  return arn;
}

function validateSelection(args: AuditTrailArgs): void {
  if (args.tableArns?.length === 0) {
    throw new ArgumentError(
      "tableArns",
      "the list is empty. Leave it out to log all tables, or write dataEvents: false and streamDataEvents: false to log none.",
    );
  }
  // The number of values depends on the number of tables only, so names that are not known yet count too.
  const selectors = planSelectors<unknown>(selectionOf(args, args.tableArns), (arn) => arn);
  if (selectors.length === 0) {
    throw new ArgumentError(
      "managementEvents",
      "the trail would log nothing. Set one of managementEvents, dataEvents, streamDataEvents to true.",
    );
  }
  if (args.tableArns && selectors.every(({ name }) => name === managementSelectorName)) {
    throw new ArgumentError(
      "tableArns",
      "no data events are logged, so it has no effect. Leave it out, or set dataEvents or streamDataEvents to true.",
    );
  }
  const count = countValues(selectors);
  if (count > selectorValueLimit) {
    throw new ArgumentError(
      "tableArns",
      `${args.tableArns?.length} tables need ${count} selector values, and AWS allows ${selectorValueLimit} for one trail. ` +
        "Name fewer tables, or leave tableArns out to log all tables with one selector.",
    );
  }
}

function validateExisting(args: AuditTrailArgs, existing: ExistingTrailArgs): void {
  for (const key of Object.keys(args) as (keyof AuditTrailArgs)[]) {
    if (args[key] === undefined || besideExisting.includes(key)) continue;
    throw new ArgumentError(
      key,
      `describes a trail that is created, but existing adopts one. Leave out ${key}, or leave out existing.`,
    );
  }
  if (existing.logGroupName === "" || existing.logGroupName === undefined) {
    throw new ArgumentError(
      "existing.logGroupName",
      "is empty. Write the name of the log group that the trail delivers to.",
    );
  }
  if (typeof existing.trailArn === "string") readArn("existing.trailArn", arns.trail, existing.trailArn);
  checkCount("metricFilterCount", existing.metricFilterCount, metricFiltersPerLogGroup, "filters");
  checkCount("subscriptionFilterCount", existing.subscriptionFilterCount, subscriptionFiltersPerLogGroup, "filters");
  // Twice as many as AWS allows by the one reading: two in each of five filters.
  checkCount("regexCount", existing.regexCount, regexesPerLogGroup * maxRegexesPerPattern, "regular expressions");
}

function checkCount(key: string, value: number | undefined, most: number, what: string): void {
  if (value === undefined || (Number.isInteger(value) && value >= 0 && value <= most)) return;
  throw new ArgumentError(
    `existing.${key}`,
    `${shown(value)} is not a number of ${what}. Write a whole number from 0 to ${most}.`,
  );
}
