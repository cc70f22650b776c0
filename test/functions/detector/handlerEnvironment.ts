// What the detector's handler reads when it is imported: its environment and the files beside it.
import { mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundledCountryDatabase } from "../../../components/statefulDetector/countryDatabase";
import { deployed } from "./support";

const folder = mkdtempSync(join(tmpdir(), "detector-"));
writeFileSync(join(folder, "detections.json"), JSON.stringify(deployed()));
symlinkSync(bundledCountryDatabase(), join(folder, "country.mmdb"));
Object.assign(process.env, {
  LAMBDA_TASK_ROOT: folder,
  STATE_TABLE: "state",
  FINDINGS_BUS: "arn:aws:events:eu-west-1:111122223333:event-bus/findings",
  POWERTOOLS_METRICS_NAMESPACE: "detective/test/detections",
});
