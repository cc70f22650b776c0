import { shown } from "../wording";
import { ArgumentError } from "./argumentError";

/** What an ARN of one kind looks like; said here once, for components and for configuration. */
export interface ArnShape {
  /** With named groups for what is read from it. */
  pattern: RegExp;
  /** With its article, for messages. */
  what: string;
  example: string;
}

/** Names and ids as the services document them. No `*`: each names one thing. */
export const arns = {
  table: {
    pattern: /^arn:aws[a-z-]*:dynamodb:(?<region>[a-z0-9-]+):\d{12}:table\/(?<name>[A-Za-z0-9_.-]{3,255})$/,
    what: "a DynamoDB table",
    example: "arn:aws:dynamodb:eu-west-1:123456789012:table/orders",
  },
  stream: {
    pattern:
      /^arn:aws[a-z-]*:dynamodb:(?<region>[a-z0-9-]+):\d{12}:table\/(?<name>[A-Za-z0-9_.-]{3,255})\/stream\/[^/]+$/,
    what: "a table's stream",
    example: "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000",
  },
  key: {
    pattern: /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/,
    what: "a KMS key",
    example: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  },
  trail: {
    pattern: /^arn:aws[a-z-]*:cloudtrail:[a-z0-9-]+:\d{12}:trail\/[A-Za-z0-9._-]{3,128}$/,
    what: "a trail",
    example: "arn:aws:cloudtrail:eu-west-1:123456789012:trail/audit",
  },
  /** With or without version or alias. */
  function: {
    pattern: /^arn:aws[a-z-]*:lambda:(?<region>[a-z0-9-]+):\d{12}:function:(?<name>[A-Za-z0-9_-]+)(:[A-Za-z0-9$_-]+)?$/,
    what: "a Lambda function",
    example: "arn:aws:lambda:eu-west-1:123456789012:function:audit",
  },
  /** As the policy of a key takes it. */
  principal: {
    pattern:
      /^arn:aws[a-z-]*:(iam::\d{12}:(root|(role|user)\/[^\s*]+)|sts::\d{12}:(assumed-role|federated-user)\/[^\s*]+)$/,
    what: "a principal",
    example: "arn:aws:iam::123456789012:role/investigator",
  },
  /** What the compiler of detections looks at more closely: a `*` may end it. */
  principals: {
    pattern: /^arn:aws[a-z-]*:(iam|sts)::\d{12}:[^\s]+$/,
    what: "a principal or principals",
    example: "arn:aws:iam::123456789012:role/orders/*",
  },
} as const satisfies Record<string, ArnShape>;

/** What is read from an ARN, by the groups of its shape. Throws ArgumentError for what is not one. */
export function readArn(argument: string, { pattern, what, example }: ArnShape, value: string): Record<string, string> {
  const match = pattern.exec(value);
  if (match) return match.groups ?? {};
  throw new ArgumentError(argument, `${shown(value)} is not the ARN of ${what}. Write one like ${example}.`);
}
