// What is simulated: the catalog's filters alone, or all that the program of this package registers.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname } from "node:path";

const require = createRequire(import.meta.url);

/**
 * The filters and alarms of the catalog, as a program registers them, on the log group of an existing trail, and how many
 * detections they are: all but the stateful ones, which no filter decides.
 */
export function catalogResources() {
  const { catalog, compileDetection, isStateful, metricsInsightsQuery } = require("../dist/detections/index.js");
  const detections = catalog.filter((each) => !isStateful(each));
  const namespace = "bench";
  const resource = (type, name, inputs) => ({ urn: name, type, name, inputs, outputs: {}, id: name, protect: false });
  const resources = detections.flatMap((detection) => {
    const { id, alarm, severity } = detection;
    const { filters } = compileDetection(detection);
    const dimensions = Object.keys(filters[0].dimensions ?? {});
    const expression = metricsInsightsQuery({ namespace, metricName: id, dimensions });
    const period = alarm.withinSeconds;
    return [
      ...filters.map(({ variant, pattern, dimensions }) =>
        resource("aws:cloudwatch/logMetricFilter:LogMetricFilter", `${id}-${variant}`, {
          logGroupName: "audit",
          pattern,
          metricTransformation: { namespace, name: id, value: "1", dimensions },
        }),
      ),
      resource("aws:cloudwatch/metricAlarm:MetricAlarm", id, {
        name: `bench-${severity}-${id}`,
        ...(dimensions.length > 0
          ? { metricQueries: [{ expression, period }] }
          : { namespace, metricName: id, statistic: "Sum", period }),
        comparisonOperator: "GreaterThanThreshold",
        threshold: alarm.moreThan,
        evaluationPeriods: 1,
        treatMissingData: "notBreaching",
        alarmActions: [],
      }),
    ];
  });
  return { resources, detections: detections.length };
}

/** The program at the root as it is configured by default, with trail and detector: every detection of the catalog. */
export function programResources() {
  const { catalog } = require("../dist/detections/index.js");
  const main = require.resolve("../dist/cli/main.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, "preview", "--resolved", "--json"], {
    cwd: dirname(require.resolve("../package.json")),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return { resources: JSON.parse(stdout).resources, detections: catalog.length };
}
