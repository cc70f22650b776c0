/** What no sequence of one principal on one table can see. */
export const sequenceLimits: readonly string[] = [
  "All steps must be by one principal: two roles, or a user and a role, that share the steps are not put together.",
  "Steps further apart than 24 hours are not put together: raise `periodSeconds`.",
  "A step whose event names no table, since its parameters are too large to be logged and the response holds none, belongs to no table.",
];
