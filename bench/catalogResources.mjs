// The filters and alarms of the whole catalog, as a program registers them, on the log group of an existing trail.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Resources for the simulation, and how many detections they are. */
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
