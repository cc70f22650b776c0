/** A mistake of the caller: exit code 2. */
export class UsageError extends Error {}
