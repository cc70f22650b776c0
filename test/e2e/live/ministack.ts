import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { dirname, join } from "node:path";

const root = dirname(createRequire(__filename).resolve("../../../package.json"));

/** An emulated AWS in which streams, functions, buses and queues are connected, on a loopback port of its own. */
export interface Ministack {
  endpoint: string;
  stop(): Promise<void>;
}

/** Starts ministack. What its functions write lies in this package, so that they find the AWS SDK as in Lambda's runtime. */
export async function startMinistack(): Promise<Ministack> {
  const { setup } = (await import("../../../tools/e2e/ministack.mjs" as string)) as {
    setup(): string | Promise<string>;
  };
  const python = await setup();
  mkdirSync(join(root, ".cache", "e2e"), { recursive: true });
  const folder = mkdtempSync(join(root, ".cache", "e2e", "live-"));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const child = spawn(join(dirname(python), "ministack"), [], {
    stdio: "ignore",
    env: {
      PATH: process.env["PATH"],
      HOME: folder,
      TMPDIR: folder,
      STATE_DIR: join(folder, "state"),
      S3_DATA_DIR: join(folder, "s3"),
      BIND_HOST: "127.0.0.1",
      MINISTACK_HOST: "127.0.0.1",
      GATEWAY_PORT: String(port),
      MINISTACK_REGION: "eu-central-1",
    },
  });
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  process.once("exit", () => child.kill("SIGKILL"));
  const stop = async () => {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await ended;
    clearTimeout(late);
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; ; tries++) {
    const answers = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (answers) return { endpoint, stop };
    if (tries === 120 || child.exitCode !== null) {
      await stop();
      throw new Error(`ministack does not answer at ${endpoint} (exit code ${child.exitCode})`);
    }
    await new Promise((done) => setTimeout(done, 500));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
