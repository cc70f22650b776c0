/** What no detection can see that knows the deployment's own resources by their names. */
export const ownNamesLimits: readonly string[] = [
  "Resources are known by the beginning of their names, project and stack; of long ones by a part of the project, so that other stacks of a like name count too.",
  "Resources that were there before and are adopted, a log group for example, have names of their own and do not count.",
];
