import { complianceRule } from "../rule";

// The functions of this stack.

const functionType = "AWS::Lambda::Function";
const notIn = ["cn-northwest-1"] as const;

export const functionNotPublic = complianceRule({
  name: "lambda-function-public-access-prohibited",
  description: "Function policies admit nobody unnamed. If not: name the principals in the function's permissions.",
  source: { identifier: "LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED" },
  trigger: "change",
  resourceTypes: [functionType],
  watches: "functions",
  byDefault: true,
  parameters: {},
  notIn,
});

/** Looks at the function's own dead-letter queue only, not at destinations of invocations or of event source mappings. */
export const functionDeadLetters = complianceRule({
  name: "lambda-dlq-check",
  description: "Functions have a dead-letter queue or topic. If not: set deadLetterConfig.",
  source: { identifier: "LAMBDA_DLQ_CHECK" },
  trigger: "change",
  resourceTypes: [functionType],
  watches: "functions",
  byDefault: false,
  parameters: { dlqArns: { type: "list", description: "ARNs of which a function must use one." } },
  notIn,
});

export const functionSettings = complianceRule({
  name: "lambda-function-settings-check",
  description: "Functions have the given runtime, role, timeout and memory. If not: deploy the stack again.",
  source: { identifier: "LAMBDA_FUNCTION_SETTINGS_CHECK" },
  trigger: "change",
  resourceTypes: [functionType],
  watches: "functions",
  byDefault: false,
  parameters: {
    runtime: { type: "list", description: "Runtimes that functions may have.", required: true },
    role: { type: "text", description: "ARN of the role that functions must have." },
    timeout: { type: "integer", description: "Timeout that functions must have, in seconds. AWS's default: 3." },
    memorySize: { type: "integer", description: "Memory that functions must have, in MB. AWS's default: 128." },
  },
  notIn,
});

export const functionConcurrency = complianceRule({
  name: "lambda-concurrency-check",
  description: "Functions reserve concurrency within bounds. If not: set reservedConcurrentExecutions.",
  source: { identifier: "LAMBDA_CONCURRENCY_CHECK" },
  trigger: "change",
  resourceTypes: [functionType],
  watches: "functions",
  byDefault: false,
  parameters: {
    ConcurrencyLimitLow: { type: "integer", description: "Least reserved concurrency." },
    ConcurrencyLimitHigh: { type: "integer", description: "Most reserved concurrency." },
  },
  notIn,
});
