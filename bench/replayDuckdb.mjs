// Replay against DuckDB: the same files, and the conditions of the same detections as SQL over just the fields they need. DuckDB
// only counts matches; replay also orders events and runs the alarms. Usage: node bench/replayDuckdb.mjs
// DuckDB is no dependency: it is installed into .cache/bench on first use.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cloudtrailFiles } from "./cloudtrailFiles.mjs";
import { catalogResources } from "./resources.mjs";

const version = "1.5.6-r.1";
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const cache = join(root, ".cache", "bench", "duckdb");
if (!existsSync(join(cache, "node_modules", "@duckdb", "node-api"))) {
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, "package.json"), '{"private":true}');
  const args = ["install", "--save-exact", "--no-audit", "--no-fund", `@duckdb/node-api@${version}`];
  if (spawnSync("npm", args, { cwd: cache, stdio: "inherit" }).status !== 0) process.exit(1);
}
const { DuckDBInstance } = createRequire(join(cache, "package.json"))("@duckdb/node-api");

const require = createRequire(import.meta.url);
const { replay } = require("../dist/cli/replay/replay.js");
const { simulate } = require("../dist/simulation/index.js");
const { resources, detections } = catalogResources();
const folder = dirname(cloudtrailFiles()[0]);

const names = (...all) => `eventName IN (${all.map((name) => `'${name}'`).join(", ")})`;
const statement = (word) =>
  `(eventName LIKE '%Execute%' AND regexp_matches(coalesce(requestParameters->>'$.statement', ''), '^\\s*(?i:${word})'))`;
const conditions = [
  names("DeleteBackup", "DeleteRecoveryPoint", "DeleteBackupVault", "DeleteBackupVaultLockConfiguration"),
  `${names("DeleteItem", "BatchWriteItem", "TransactWriteItems")} OR ${statement("DELETE")}`,
  names("DeleteTable"),
  names("CreateTable", "RestoreTableFromBackup", "RestoreTableToPointInTime", "ImportTable"),
  `${names("UpdateTable")} AND (requestParameters->>'$.deletionProtectionEnabled') = 'false'`,
  `${names("Scan")} OR ${statement("SELECT")}`,
  `${names("UpdateItem", "PutItem", "BatchWriteItem", "TransactWriteItems")} OR ${statement("UPDATE|INSERT")}`,
  names("ListBackups", "DescribeBackup", "ListRecoveryPointsByResource"),
  names("UpdateTable"),
];
const record = "STRUCT(eventSource VARCHAR, eventName VARCHAR, errorCode VARCHAR, requestParameters JSON)[]";
const query = `
  SELECT ${conditions.map((condition) => `count(*) FILTER (WHERE ${condition})`).join(", ")}
  FROM (SELECT unnest(Records, recursive := true)
        FROM read_json('${folder}/*.json.gz', columns = {Records: '${record}'}, maximum_object_size = 100000000))
  WHERE eventSource IN ('dynamodb.amazonaws.com', 'backup.amazonaws.com') AND errorCode IS NULL`;

const connection = await (await DuckDBInstance.create(":memory:")).connect();
const ignore = () => undefined;
const sides = {
  replay: () =>
    replay(simulate(resources), [folder], {
      jitterSeconds: 0,
      seed: 1,
      onAlert: ignore,
      onProblem: ignore,
      onProgress: ignore,
    }),
  duckdb: () => connection.runAndReadAll(query),
};
const times = { replay: [], duckdb: [] };
for (let round = 0; round <= 9; round++) {
  for (const [side, run] of Object.entries(sides)) {
    const start = performance.now();
    const result = await run();
    if (round > 0) times[side].push(performance.now() - start);
    else if (side === "duckdb") console.log(`DuckDB counts: ${result.getRows()[0].join(", ")}`);
    else console.log(`replay: ${result.summary.relevant} relevant of ${result.summary.events}`);
  }
}
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const [a, b] = [median(times.replay), median(times.duckdb)];
console.log(
  `${detections} detections: replay ${a.toFixed(0)} ms, DuckDB ${b.toFixed(0)} ms, ratio ${(a / b).toFixed(2)}`,
);
if (a > b) process.exitCode = 1;
