import { version } from "@pulumi/aws/package.json";

/** Oldest major version of `@pulumi/aws` that has what the components use. */
const oldest = 7;

/**
 * Why the components cannot be used beside a version of `@pulumi/aws`, if they cannot. The package asks npm for none in
 * particular: its preview and its policy pack work beside every version, and beside none.
 */
export function unfitProvider(installed: string): string | undefined {
  if (Number.parseInt(installed, 10) >= oldest) return undefined;
  return (
    `The components of dynamodb-detective need @pulumi/aws ${oldest} or newer; ${installed} is installed. Run ` +
    `\`npm install @pulumi/aws@^${oldest}\`. Its preview and its policy pack work with ${installed}, too.`
  );
}

const problem = unfitProvider(version);
if (problem !== undefined) throw new Error(problem);
