// Which of the removals that the corpus does not notice do the unit tests of the components notice? Takes each out of every
// resource of its type and runs the tests of its component: a test that fails has noticed. `npm run test:removal` first.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const folder = join(root, ".cache", "removal");
const result = join(folder, "unit.json");
const applied = join(folder, "applied");
const surviving = JSON.parse(readFileSync(join(folder, "surviving.json"), "utf8"));
const [only = ""] = process.argv.slice(2);

const tests = {
  alerts: ["alertChannel"],
  config: ["configRecorder"],
  detections: ["detectionAlarms"],
  rules: ["configRules"],
  trail: ["auditTrail", "secureBucket"],
};
/** Types that wait for others; a preview does not say so. */
const dependencies = {
  alerts: ["aws:sns/topicSubscription:TopicSubscription"],
  config: ["aws:cfg/deliveryChannel:DeliveryChannel", "aws:cfg/recorderStatus:RecorderStatus"],
  rules: ["aws:cfg/rule:Rule"],
  trail: [
    "aws:cloudtrail/trail:Trail",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws:s3/bucketLogging:BucketLogging",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    "aws:s3/bucketPolicy:BucketPolicy",
  ],
};

/** "noticed", "not noticed", or "absent" where the tests register no resource that has it. */
function measure(component, type, what, control = false) {
  rmSync(applied, { force: true });
  const { status } = spawnSync(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "--config", "test/removal/unit.config.mts", ...tests[component]],
    { cwd: root, env: { ...process.env, REMOVAL: JSON.stringify({ type, what, applied }) }, stdio: "ignore" },
  );
  if (!control && !existsSync(applied)) return "absent";
  return status === 0 ? "not noticed" : "noticed";
}

const wanted = [
  ...Object.entries(surviving).map(([id, { type, what }]) => [id.split("-")[0], type, what]),
  ...Object.entries(dependencies).flatMap(([component, types]) => types.map((type) => [component, type, "dependsOn"])),
].filter(([, , what]) => !what.startsWith("pattern: ") && what.includes(only));
const distinct = [...new Map(wanted.map((each) => [each.join("\n"), each])).values()];
for (const component of new Set(distinct.map(([name]) => name))) {
  if (measure(component, "", "nothing", true) === "not noticed") continue;
  throw new Error(`The tests of ${component} fail without any removal.`);
}
const measured = existsSync(result) ? JSON.parse(readFileSync(result, "utf8")) : {};
for (const [i, [component, type, what]] of distinct.entries()) {
  const key = `${component}: ${type} ${what}`;
  measured[key] ??= measure(component, type, what);
  console.log(`${i + 1}/${distinct.length} ${measured[key]}: ${key}`);
  writeFileSync(result, JSON.stringify(measured, undefined, 1));
}
