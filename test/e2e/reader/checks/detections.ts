import { expect } from "vitest";
import { catalog, compilePredicate, type Detection, isStateful, parseFilterPattern } from "../../../../detections";
import { type Corpus, corpora } from "../../../corpus";
import { itemCall, on, tableArn } from "../../../support/events";
import { ownState } from "../../../support/ownState";
import type { AccountContents } from "../account";
import { expectAlarm, fired } from "./alarms";
import type { Check, Deployed } from "./check";
import { bound } from "./corpus";

/** What the catalog says is the intention; how it became filters and alarms is not asked. */
const ofLogGroup = catalog.filter((detection) => !isStateful(detection));
const namespace = "dynamodb-detective/dev/dynamodb-detective-detections";

const alarmOf = ({ id }: Detection, { called }: Deployed): string =>
  called(`-detections-${id}-alarm`).split(":alarm:")[1]!;

type MetricFilter = AccountContents["metricFilters"][string];

/** Filters that write the metric of a detection, as they are in the account. */
const filtersOf = (id: string, { account }: Deployed): MetricFilter[] =>
  Object.values(account.metricFilters).filter(({ metricTransformations: [to] }) => to!.metricName === id);

/** Events that a detection counts. Each must be counted once, however many filters there are. */
function counted({ detection }: Corpus, deployed: Deployed, what: Corpus["fires"][string]): number {
  const selects = filtersOf(detection, deployed).map(({ filterPattern }) =>
    compilePredicate(parseFilterPattern(filterPattern)),
  );
  return bound(what, deployed).reduce((sum, event) => sum + selects.filter((select) => select(event)).length, 0);
}

/** From the trail's log group to the alarms of the detections. */
export const detectionChecks: Check[] = [
  {
    what: "alarms on detections that go off when the catalog says so",
    holds(deployed) {
      for (const detection of catalog) {
        const name = alarmOf(detection, deployed);
        const alarm = deployed.account.alarms[name]!;
        const { moreThan, withinSeconds, per } = detection.alarm;
        const fires = `> ${moreThan}`;
        if (per === undefined) {
          const metric = `${namespace} ${detection.id}`;
          expectAlarm(name, alarm, { metric, statistic: "Sum", fires, periodSeconds: withinSeconds });
          continue;
        }
        expect([name, ...fired(alarm)]).toEqual([name, fires, 1, "notBreaching"]);
        const groups = per.map((dimension) => `"${dimension}"`).join(", ");
        const expression =
          `SELECT SUM("${detection.id}") FROM SCHEMA("${namespace}", ${groups}) ` +
          `GROUP BY ${groups} ORDER BY SUM() DESC`;
        expect([name, alarm.Metrics!.map(({ Expression, Period }) => [Expression, Period])]).toEqual([
          name,
          [[expression, withinSeconds]],
        ]);
      }
    },
    holdsAll: { kind: "alarms", names: (deployed) => catalog.map((detection) => alarmOf(detection, deployed)) },
  },
  {
    what: "filters that count one for each event that a detection is about, by what the catalog counts separately",
    holds(deployed) {
      for (const { id, alarm } of ofLogGroup) {
        for (const { metricTransformations } of filtersOf(id, deployed)) {
          const [{ metricNamespace, metricValue, defaultValue, dimensions }] = metricTransformations as [
            MetricFilter["metricTransformations"][number],
          ];
          expect([id, metricTransformations.length, metricNamespace, metricValue, defaultValue]).toEqual([
            ...[id, 1, namespace, "1", undefined],
          ]);
          expect([id, Object.keys(dimensions ?? {}).sort()]).toEqual([id, [...(alarm.per ?? [])].sort()]);
        }
      }
      const known = Object.values(deployed.account.metricFilters).flatMap(({ metricTransformations: [to] }) =>
        to!.metricNamespace === namespace ? [to!.metricName] : [],
      );
      expect([...new Set(known)].sort()).toEqual(ofLogGroup.map(({ id }) => id).sort());
    },
  },
  {
    what: "filters that select the labelled events which must alert, and none of those which must not",
    holds(deployed) {
      for (const { id, alarm } of ofLogGroup) {
        const corpus = corpora.find(({ detection }) => detection === id)!;
        for (const [name, what] of Object.entries({ ...corpus.fires, ...corpus.evasions.caught })) {
          expect([id, name, counted(corpus, deployed, what) > alarm.moreThan]).toEqual([id, name, true]);
        }
        // Those that are too few, or too far apart, are for the simulation.
        if (alarm.moreThan > 0) continue;
        for (const [name, what] of Object.entries(corpus.quiet)) {
          expect([id, name, counted(corpus, deployed, what)]).toEqual([id, name, 0]);
        }
      }
    },
  },
  {
    what: "filters that count what is done to items of the functions' own table in no detection but its own",
    holds(deployed) {
      const calls = ["BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem"];
      for (const { id, source } of ofLogGroup) {
        if (source !== "table-data") continue;
        const corpus = corpora.find(({ detection }) => detection === id)!;
        const { tableName } = ownState;
        const found = calls.filter((name) =>
          counted(corpus, deployed, itemCall(name, on(tableArn(tableName)), tableName)),
        );
        expect([id, found]).toEqual([id, []]);
      }
    },
  },
];
