// What the end-to-end tests need beside Node.js: the Pulumi CLI, and Python with an emulator of AWS. Both go to
// .cache/e2e, which survives between runs; once there, this takes a moment. `npm run e2e:setup` runs it alone.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const cache = join(root, ".cache", "e2e");
const goModule = join(root, "tools", "pulumi");
const cliPackage = "github.com/pulumi/pulumi/pkg/v3";

/** Something that the machine lacks, in words that say what to install. */
export class SetupError extends Error {}

/** Finds or builds both; returns the Pulumi executable and the Python of the emulator's virtual environment. */
export function setup() {
  return { pulumi: pulumiCli(), python: pythonWith("requirements.txt", "venv") };
}

/** The CLI on PATH if it is new enough, else the one that tools/pulumi pins, built once. */
function pulumiCli() {
  const pinned = pinnedVersion();
  const onPath = versionOf("pulumi");
  if (onPath && !older(onPath, pinned)) return "pulumi";

  const built = join(cache, "bin", "pulumi");
  if (versionOf(built) === pinned) return built;
  if (spawnSync("go", ["version"]).status !== 0) {
    const found = onPath ? `The Pulumi CLI on PATH is ${onPath}` : "There is no Pulumi CLI on PATH";
    throw new SetupError(
      `${found}, and no Go to build it with. Install Pulumi ${pinned} or later (https://www.pulumi.com/docs/install/), ` +
        "or Go 1.25 or later (https://go.dev/doc/install).",
    );
  }
  console.log(`Building the Pulumi CLI ${pinned} into ${relative(built)}: several minutes, once.`);
  mkdirSync(dirname(built), { recursive: true });
  const flags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${pinned}`;
  run("go", ["build", "-trimpath", "-ldflags", flags, "-o", built, `${cliPackage}/cmd/pulumi`], { cwd: goModule });
  return built;
}

function pinnedVersion() {
  const line = readFileSync(join(goModule, "go.mod"), "utf8")
    .split("\n")
    .find((text) => text.trim().startsWith(`${cliPackage} v`));
  if (!line) throw new SetupError(`tools/pulumi/go.mod requires no ${cliPackage}`);
  return line.trim().split(/\s+/)[1];
}

function versionOf(command) {
  const { status, stdout } = spawnSync(command, ["version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

function older(version, than) {
  const [a, b] = [version, than].map((text) => text.replace(/^v/, "").split(/[.-]/).map(Number));
  for (let i = 0; i < 3; i++) if (a[i] !== b[i]) return a[i] < b[i];
  return false;
}

/** Python of a virtual environment that holds exactly what a requirements file of this folder says. */
export function pythonWith(requirements, folder) {
  const venv = join(cache, folder);
  const python = join(venv, "bin", "python");
  const wanted = readFileSync(join(here, requirements), "utf8");
  const installed = join(venv, "installed.txt");
  if (
    existsSync(installed) &&
    readFileSync(installed, "utf8") === wanted &&
    spawnSync(python, ["--version"]).status === 0
  ) {
    return python;
  }
  if (spawnSync("python3", ["-c", "import venv, ensurepip"]).status !== 0) {
    throw new SetupError(
      "Python 3.10 or later with venv is needed (on Debian and Ubuntu: apt-get install python3 python3-venv).",
    );
  }
  console.log(`Installing tools/e2e/${requirements} into ${relative(venv)}: a minute, once.`);
  run("python3", ["-m", "venv", "--clear", venv]);
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"];
  run(python, [...install, "--requirement", join(here, requirements)]);
  writeFileSync(installed, wanted);
  return python;
}

function run(command, args, options = {}) {
  try {
    execFileSync(command, args, { stdio: ["ignore", "inherit", "inherit"], ...options });
  } catch (error) {
    throw new SetupError(`${command} ${args.slice(0, 3).join(" ")} … failed: ${error.message.split("\n")[0]}`);
  }
}

const relative = (path) => path.slice(root.length + 1);

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const { pulumi, python } = setup();
    console.log(`Pulumi CLI: ${pulumi === "pulumi" ? "on PATH" : relative(pulumi)}`);
    console.log(`Emulator of AWS: ${relative(python)}`);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
