/** Makes sure that a command does not run from a build that is older than its sources. */
export function ensureBuilt(): void {}
