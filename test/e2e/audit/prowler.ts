import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inject } from "vitest";
import { region } from "../engine/stack";

/** What one check of Prowler says about one resource. */
export interface Finding {
  check: string;
  title: string;
  service: string;
  severity: string;
  status: "PASS" | "FAIL" | "MANUAL";
  resource: string;
  detail: string;
}

const services = ["awslambda", "cloudtrail", "cloudwatch", "config", "dynamodb", "kms", "s3", "sns", "sqs"];

/** Prowler's findings about the account, by the checks of those services. */
export async function runProwler(endpoint: string): Promise<Finding[]> {
  const { setup } = (await import("../../../tools/e2e/prowler.mjs" as string)) as { setup(): Promise<string> };
  const python = await setup();
  const output = join(inject("folder"), "prowler");
  mkdirSync(output, { recursive: true });
  const home = join(output, "home");
  mkdirSync(home);
  const args = ["aws", "--services", ...services, "--region", region, "--output-formats", "json-ocsf", "--no-banner"];
  await new Promise<void>((resolve, reject) => {
    execFile(
      join(dirname(python), "prowler"),
      [...args, "--ignore-exit-code-3", "--output-directory", output, "--output-filename", "findings"],
      {
        env: {
          PATH: process.env["PATH"],
          HOME: home,
          AWS_ENDPOINT_URL: endpoint,
          AWS_ACCESS_KEY_ID: "emulated",
          AWS_SECRET_ACCESS_KEY: "emulated",
          AWS_DEFAULT_REGION: region,
        },
        timeout: 280_000,
        maxBuffer: 64 * 1024 * 1024,
      },
      (error, stdout, stderr) => (error ? reject(new Error(`${stdout}\n${stderr}`.slice(-4_000))) : resolve()),
    );
  });
  const file = readdirSync(output).find((name) => name.endsWith(".ocsf.json"));
  if (!file) throw new Error("Prowler wrote no findings");
  return (JSON.parse(readFileSync(join(output, file), "utf8")) as Ocsf[]).map((finding) => ({
    check: finding.metadata.event_code,
    title: finding.finding_info.title,
    service: finding.resources[0]!.group.name,
    severity: finding.severity.toLowerCase(),
    status: finding.status_code,
    resource: finding.resources[0]!.uid,
    detail: finding.status_detail,
  }));
}

/** A finding as Prowler writes it (Open Cybersecurity Schema Framework). */
interface Ocsf {
  metadata: { event_code: string };
  finding_info: { title: string };
  severity: string;
  status_code: Finding["status"];
  status_detail: string;
  resources: { uid: string; group: { name: string } }[];
}
