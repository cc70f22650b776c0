// Proves: the library says which provider it needs. Does not prove: that npm installs it beside other versions.
import { expect, it } from "vitest";
import { unfitProvider } from "../../components/providerVersion";

it.each([
  ["7.0.0", undefined],
  ["7.48.0", undefined],
  ["10.1.0", undefined],
  ["6.83.4", /need @pulumi\/aws 7 or newer; 6\.83\.4 is installed\. Run `npm install @pulumi\/aws@\^7`\./],
])("the components with @pulumi/aws %s", (version, problem) => {
  if (problem === undefined) expect(unfitProvider(version)).toBeUndefined();
  else expect(unfitProvider(version)).toMatch(problem);
});
