// Writes the pages and files that are generated from code; with --check says which of them are not current (exit 1).
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { alertsPage } from "./docs/alerts";
import { complianceReference } from "./docs/compliance";
import { configurationReference, pulumiProject } from "./docs/configuration";
import { conformancePack } from "./docs/conformancePack";
import { policyReference } from "./docs/policies";
import { runbooks } from "./docs/runbooks";
import { simulationReference } from "./docs/simulation";
import { packageRoot } from "./freshness";

const generated: Record<string, string> = {
  "Pulumi.yaml": pulumiProject(),
  "docs/alerts.md": alertsPage(),
  "docs/compliance.md": complianceReference(),
  "docs/conformance-pack.yaml": conformancePack(),
  "docs/configuration.md": configurationReference(),
  "docs/policies.md": policyReference(),
  "docs/simulation.md": simulationReference(),
  ...runbooks(),
};

const read = (path: string): string | undefined => {
  try {
    return readFileSync(join(packageRoot, path), "utf8");
  } catch {
    return undefined;
  }
};
const changed = Object.entries(generated).filter(([path, text]) => read(path) !== text);

if (process.argv.includes("--check")) {
  for (const [path] of changed) console.error(`${path} is not current: run \`npm run docs\`.`);
  process.exitCode = changed.length > 0 ? 1 : 0;
} else {
  for (const [path, text] of changed) {
    mkdirSync(dirname(join(packageRoot, path)), { recursive: true });
    writeFileSync(join(packageRoot, path), text);
    console.log(`wrote ${path}`);
  }
}
