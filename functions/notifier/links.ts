import type { Finding } from "../finding";

/** A page of the AWS console. */
export interface Link {
  title: string;
  url: string;
}

/** Where the notifier runs. */
export interface Place {
  partition: string;
  region: string;
  account: string;
}

/** Partition, Region and account of an ARN. */
export function placeOf(arn: string): Place {
  const [, partition = "", , region = "", account = ""] = arn.split(":");
  return { partition, region, account };
}

/** Events that a Logs Insights query names. */
const queriedEvents = 20;
/** Minutes before and after the finding that the query looks at: log events carry the time of delivery. */
const queriedMinutes = { before: 60, after: 60 };

/** Pages about a finding. None in a partition whose console is not known. */
export function linksOf(
  finding: Finding,
  { place, logGroup, alarm }: { place: Place; logGroup: string; alarm?: string },
): Link[] {
  const home = consoleOf(place.partition, place.region);
  if (home === undefined) return [];
  // An id is a UUID. Anything else came from somebody who can write to the log group or the bus.
  const ids = finding.events.map(({ id }) => id).filter((id) => /^[A-Za-z0-9-]{8,64}$/.test(id));
  const at = Date.parse(finding.time);
  const eventRegion = /^[a-z0-9-]{5,30}$/.test(finding.region) ? finding.region : place.region;
  const eventHome = consoleOf(place.partition, eventRegion) ?? home;
  return [
    ...(ids[0] === undefined
      ? []
      : [
          {
            title: "Event in CloudTrail (management events only)",
            url: `${eventHome}/cloudtrailv2/home?region=${eventRegion}#/events/${ids[0]}`,
          },
          ...(isPlausible(at)
            ? [{ title: "Events in the log group", url: logsInsights(home, place.region, logGroup, ids, at) }]
            : []),
        ]),
    ...(alarm === undefined
      ? []
      : [
          {
            title: "Alarm in CloudWatch",
            url: `${home}/cloudwatch/home?region=${place.region}#alarmsV2:alarm/${encodeURIComponent(alarm)}`,
          },
        ]),
  ];
}

/** A time of which hours can be taken and added: CloudTrail began in 2013. */
const isPlausible = (ms: number): boolean => ms > Date.UTC(2013, 0) && ms < Date.UTC(9999, 0);

function consoleOf(partition: string, region: string): string | undefined {
  switch (partition) {
    case "aws":
      return `https://${region}.console.aws.amazon.com`;
    case "aws-cn":
      return `https://${region}.console.amazonaws.cn`;
    case "aws-us-gov":
      return "https://console.amazonaws-us-gov.com";
    default:
      return undefined;
  }
}

function logsInsights(home: string, region: string, logGroup: string, ids: readonly string[], at: number): string {
  const start = new Date(at - queriedMinutes.before * 60_000).toISOString();
  const end = new Date(at + queriedMinutes.after * 60_000).toISOString();
  const listed = ids
    .slice(0, queriedEvents)
    .map((id) => `"${id}"`)
    .join(", ");
  const query =
    "fields @timestamp, eventName, userIdentity.arn, sourceIPAddress, errorCode, eventID\n" +
    `| filter eventID in [${listed}]\n| sort @timestamp desc`;
  const detail =
    `~(end~'${jsurl(end)}~start~'${jsurl(start)}~timeType~'ABSOLUTE~tz~'UTC` +
    `~editorString~'${jsurl(query)}~source~(~'${jsurl(logGroup)}))`;
  return `${home}/cloudwatch/home?region=${region}#logsV2:logs-insights$3FqueryDetail$3D${detail}`;
}

/** Text as the console's own addresses write it: a character that is not plain as `*` and two hexadecimal digits. */
const jsurl = (text: string): string =>
  [...text]
    .map((char) => (/[A-Za-z0-9_.-]/.test(char) ? char : `*${char.codePointAt(0)!.toString(16).padStart(2, "0")}`))
    .join("");
