/** Longest filter pattern in characters (CloudWatch Logs API reference, PutMetricFilter, `filterPattern`). */
export const maxPatternLength = 1024;

/** Wildcard steps, `[*]` or `.*` (CloudWatch Logs user guide, "Filter pattern syntax", quotas of JSON patterns). */
export const maxWildcardsPerSelector = 1;
export const maxWildcardsPerPattern = 3;

/** Regular expressions in one pattern (CloudWatch Logs user guide, "Supported regular expressions"). */
export const maxRegexesPerPattern = 2;

/**
 * Regular expressions in one log group, over metric and subscription filters. AWS's pages differ: "5 filter patterns
 * containing regex" (CloudWatch Logs user guide, "Supported regular expressions"), "5 regular expression patterns" (API
 * reference, PutMetricFilter). Expressions are counted, which is never fewer.
 */
export const regexesPerLogGroup = 5;

/** Filters of one log group (CloudWatch Logs user guide, "CloudWatch Logs quotas"). */
export const metricFiltersPerLogGroup = 100;
export const subscriptionFiltersPerLogGroup = 2;

/** Dimensions of one metric filter (CloudWatch Logs API reference, MetricTransformation). */
export const maxDimensions = 3;
