// Compiles the library, the command and the policy pack to dist/, and writes down from which sources, so that neither
// the command nor the pack ever runs from a stale build in silence (tools/freshness.ts reads dist/build.json).
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { compiledFolders } = createRequire(import.meta.url)("./compiled.json");

// Compiled beside dist/ and then put in its place: what runs meanwhile finds a whole build, and no old file stays behind.
const dist = join(root, "dist");
const next = join(root, ".cache", `dist-${process.pid}`);

const sources = {};
const visit = (folder) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === "node_modules") continue; // a tool with dependencies of its own
    const path = join(folder, entry.name);
    if (entry.isDirectory()) visit(path);
    else if (path.endsWith(".ts")) sources[relative(root, path)] = statSync(path).mtimeMs;
  }
};
for (const folder of compiledFolders) visit(join(root, folder));

// Types are checked by `npm run check:types`, and declarations are written only for a package that is
// packed: an install needs the code, and gets it in a moment.
const files = Object.keys(sources);
await build({
  absWorkingDir: root,
  entryPoints: [...files, "tools/compiled.json"],
  outdir: next,
  outbase: root,
  format: "cjs",
  platform: "node",
  target: "node20.19",
  sourcemap: true,
  loader: { ".json": "copy" },
  logLevel: "warning",
});
const isPacked = ["pack", "publish"].includes(process.env.npm_command);
if (isPacked) {
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const args = [tsc, "-p", join(root, "tsconfig.types.json"), "--outDir", next];
  // On stderr: `npm pack` prints the name of the package on stdout.
  const { status } = spawnSync(process.execPath, args, { stdio: ["ignore", 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}
writeFileSync(join(next, "build.json"), `${JSON.stringify({ sources })}\n`);
rmSync(dist, { recursive: true, force: true });
renameSync(next, dist);

// `npm ci` links a package's command before it is compiled, and only for packages that are installed as dependencies.
const command = join(root, "dist", "cli", "main.js");
if (existsSync(command)) {
  chmodSync(command, 0o755);
  const link = join(root, "node_modules", ".bin", "dynamodb-detective");
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { force: true });
  if (process.platform !== "win32") symlinkSync(relative(dirname(link), command), link);
}

// What `replay` runs events through outside of a Pulumi program. An installed package may have no @pulumi/aws to preview with.
if (isPacked) {
  const folder = mkdtempSync(join(tmpdir(), "detective-"));
  const unset = join(folder, "Pulumi.dev.yaml");
  writeFileSync(unset, "{}\n");
  const args = [command, "preview", root, "--resolved", "--json", "--config", unset];
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", 2],
  });
  rmSync(folder, { recursive: true });
  if (status !== 0) process.exit(status ?? 1);
  const { project, stack, resources } = JSON.parse(stdout);
  writeFileSync(join(dist, "program.json"), `${JSON.stringify({ project, stack, resources })}\n`);
}
