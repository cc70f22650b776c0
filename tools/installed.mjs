// Packs the package, unpacks it into an empty folder, and runs what must work there, far from its sources: the commands that
// need no Pulumi program. Its dependencies are those of this checkout.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = realpathSync(mkdtempSync(join(tmpdir(), "detective-installed-")));
let wrong = 0;
try {
  const packed = run("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: root });
  if (packed.status !== 0) throw new Error(packed.stderr);
  const home = join(folder, "node_modules", "dynamodb-detective");
  mkdirSync(home, { recursive: true });
  const unpacked = run("tar", ["-xzf", packed.stdout.trim().split("\n").at(-1), "-C", home, "--strip-components=1"]);
  if (unpacked.status !== 0) throw new Error(unpacked.stderr);

  const event = JSON.stringify({
    eventTime: "2026-01-05T10:00:00Z",
    eventSource: "dynamodb.amazonaws.com",
    eventName: "DeleteBackup",
    eventCategory: "Management",
    managementEvent: true,
    awsRegion: "eu-west-1",
    eventID: "1",
    userIdentity: { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/eve" },
  });
  expectRun(
    ["replay", "-", "--json"],
    event,
    0,
    /"detection":"backup-deleted","title":"Backup deleted","severity":"high"/,
  );
  expectRun(["replay", "-", "--stack", "prod"], event, 2, /--stack prod: no Pulumi\.yaml here/);
  expectRun(["match", '{ $.eventName = "Delete*" }'], event, 0, /DeleteBackup/);
  expectRun(["preview"], "", 2, /Pulumi\.yaml/);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = wrong > 0 ? 1 : 0;

function run(command, args, { cwd = folder, input = "" } = {}) {
  const env = { ...process.env, NODE_PATH: join(root, "node_modules"), NO_COLOR: "1" };
  return spawnSync(command, args, { cwd, input, env, encoding: "utf8" });
}

function expectRun(args, input, code, printed) {
  const command = join(folder, "node_modules", "dynamodb-detective", "dist", "cli", "main.js");
  const { status, stdout, stderr } = run(process.execPath, [command, ...args], { input });
  const isRight = status === code && printed.test(`${stdout}${stderr}`);
  console.log(`${isRight ? "ok" : "WRONG"}: dynamodb-detective ${args.join(" ")}: exit ${status}`);
  if (isRight) return;
  wrong++;
  console.error(`expected exit ${code} and ${printed}, printed:\n${stdout}${stderr}`);
}
