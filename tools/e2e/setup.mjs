// What the end-to-end tests need beside Node.js: the Pulumi CLI, and Python with an emulator of AWS. Both go to
// .cache/e2e, or the folder that E2E_CACHE names, which survives between runs; once there, this takes a moment.
// `npm run e2e:setup` runs it alone.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { runGroup } from "./group.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
/** What a run writes has its place in this package, whatever E2E_CACHE says. */
const runs = join(root, ".cache", "e2e");
const cache = resolve(process.env.E2E_CACHE || runs);
const goModule = join(root, "tools", "pulumi");
const cliPackage = "github.com/pulumi/pulumi/pkg/v3";

/** Something that the machine lacks, in words that say what to install. */
export class SetupError extends Error {}

/** Finds or builds both; returns the Pulumi executable and the Python of the emulator's virtual environment. */
export async function setup() {
  mkdirSync(runs, { recursive: true });
  return { pulumi: await pulumiCli(), python: await pythonWith("requirements.txt", "venv") };
}

/** The CLI on PATH if it is new enough, else the one that tools/pulumi pins, built once. */
async function pulumiCli() {
  const pinned = pinnedVersion();
  const onPath = versionOf("pulumi");
  if (onPath && !older(onPath, pinned)) return "pulumi";

  const built = join(cache, "bin", "pulumi");
  if (versionOf(built) === pinned) return built;
  if (!works("go", "version")) {
    const found = onPath ? `The Pulumi CLI on PATH is ${onPath}` : "There is no Pulumi CLI on PATH";
    throw new SetupError(
      `${found}, and no Go to build it with. Install Pulumi ${pinned} or later (https://www.pulumi.com/docs/install/), ` +
        "or Go 1.25 or later (https://go.dev/doc/install).",
    );
  }
  console.log(`Building the Pulumi CLI ${pinned} into ${built}: several minutes, once.`);
  mkdirSync(dirname(built), { recursive: true });
  const flags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${pinned}`;
  await run("go", ["build", "-trimpath", "-ldflags", flags, "-o", built, `${cliPackage}/cmd/pulumi`], {
    cwd: goModule,
  });
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
export async function pythonWith(requirements, folder) {
  const venv = join(cache, folder);
  const python = join(venv, "bin", "python");
  const wanted = readFileSync(join(here, requirements), "utf8");
  const installed = join(venv, "installed.txt");
  if (existsSync(installed) && readFileSync(installed, "utf8") === wanted && works(python, "--version")) return python;

  const needed =
    "Python 3.10 or later is needed (https://www.python.org/downloads/; Debian and Ubuntu: apt-get install python3 python3-venv).";
  if (!works("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 10))")) {
    throw new SetupError(`${needed} python3 on PATH is missing or older.`);
  }
  console.log(`Installing tools/e2e/${requirements} into ${venv}: a minute, once.`);
  await makeEnvironment(venv, needed);
  await run(python, [...pip, "install", "--no-deps", "--requirement", join(here, requirements)]);
  writeFileSync(installed, wanted);
  return python;
}

const pip = ["-m", "pip", "--quiet", "--disable-pip-version-check"];

/** Debian's Python comes without venv. Where pip is there all the same, virtualenv does as well. */
async function makeEnvironment(venv, needed) {
  rmSync(venv, { recursive: true, force: true });
  if (works("python3", "-c", "import venv, ensurepip")) return run("python3", ["-m", "venv", venv]);
  if (!works("python3", "-m", "pip", "--version")) {
    throw new SetupError(`${needed} The python3 on PATH has neither venv nor pip.`);
  }
  const virtualenv = `${venv}-made-by`;
  await run("python3", [...pip, "install", "--target", virtualenv, "virtualenv==21.15.11"]);
  await run("python3", ["-m", "virtualenv", "--quiet", venv], { env: { ...process.env, PYTHONPATH: virtualenv } });
}

function works(command, ...args) {
  return spawnSync(command, args).status === 0;
}

async function run(command, args, options = {}) {
  const code = await runGroup(command, args, options);
  if (code === 0) return;
  const ending = code === null ? "was interrupted" : `failed with exit code ${code}`;
  throw new SetupError(`${command} ${args.slice(0, 3).join(" ")} … ${ending}`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const { pulumi, python } = await setup();
    console.log(`Pulumi CLI: ${pulumi === "pulumi" ? "on PATH" : pulumi}`);
    console.log(`Emulator of AWS: ${python}`);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
