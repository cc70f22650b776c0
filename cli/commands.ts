import { setFlagsFromString } from "node:v8";
import { Command, CommanderError } from "commander";
import { ensureBuilt } from "./freshness";

// Each command is loaded when it is run: `--help` does not wait for Pulumi.

const program = new Command("dynamodb-detective")
  .description("Detective security controls for Amazon DynamoDB.")
  .exitOverride()
  .showSuggestionAfterError()
  .configureHelp({ helpWidth: 100 });

program
  .command("preview")
  .description(
    "Preview a Pulumi TypeScript or JavaScript program and check it, without Pulumi CLI, credentials or network.",
  )
  .argument("[dir]", "folder with the Pulumi.yaml", ".")
  .option("-s, --stack <name>", "stack to preview (default: the only Pulumi.<stack>.yaml, else dev)")
  .option("--config <file>", "configuration file instead of Pulumi.<stack>.yaml")
  .option("--policy-pack <dir>", "compiled policy pack (default: the pack of dynamodb-detective)")
  .option("--policy-config <file>", "levels and properties of policies, as for pulumi --policy-pack-config")
  .option("--lookups <file>", "answers to look-ups that only an AWS account could give (JSON or YAML)")
  .option(
    "--keep-env <name>",
    "environment variable that the program gets although it looks like a credential (repeatable)",
    (name: string, names: string[] = []) => [...names, name],
  )
  .option(
    "--strict",
    "exit 1 also for what could not be decided, inspected or looked up, and if there is nothing to inspect",
  )
  .option("--resolved", "made-up ids and ARNs instead of unknown values")
  .option("--json", "print one JSON object")
  .option("--verbose", "list every resource")
  .option("--timeout <seconds>", "longest time the program may take", "300")
  .addHelpText(
    "after",
    "\nExit code: 0 no mandatory violation, 1 at least one, 2 wrong usage, configuration or program.\n",
  )
  .action(async (dir: string, options) => {
    ensureBuilt();
    const { runPreview } = await import("./preview/command.js");
    process.exitCode = await runPreview(dir, options);
  });

program
  .command("replay")
  .description(
    "Which alerts would have fired on real CloudTrail logs: events through a local model of the deployed data path.",
  )
  .argument("<paths...>", "files or folders of CloudTrail events, also gzipped; - for standard input")
  .option("--stack-file <file>", "output of pulumi stack export (default: a preview of the program here)")
  .option("--config <file>", "configuration file of the preview instead of Pulumi.<stack>.yaml")
  .option("-s, --stack <name>", "stack to preview (default: the only Pulumi.<stack>.yaml, else dev)")
  .option("--json", "print one JSON object per alert, last a summary")
  .option("--html <file>", "also write a report as one self-contained page")
  .option("--fail-on <severity>", "exit 1 when an alert of this severity or a higher one fired")
  .option("--jitter <seconds>", "delay the delivery of each event by up to so many seconds", "0")
  .option("--seed <number>", "chooses the delays of --jitter", "1")
  .addHelpText(
    "after",
    "\nExit code: 0 done, 1 an alert of --fail-on fired, 2 wrong usage, 3 some input was not readable (the rest was read).\n",
  )
  .action(async (paths: string[], options) => {
    ensureBuilt();
    // What a replay holds is small: a larger young generation would only take memory.
    setFlagsFromString("--semi-space-growth-factor=1");
    const { runReplay } = await import("./replay/command.js");
    process.exitCode = await runReplay(paths, options);
  });

program
  .command("redrive")
  .description("Send the item changes that the stream monitor could not process through its function once more.")
  .requiredOption("--bucket <name>", "failure bucket: the output failureBucketName of StreamMonitor")
  .option("--function <name>", "name or ARN of the function to invoke (default: the one that failed)")
  .option("--since <time>", "only what failed since: 2026-11-24, 2026-11-24T08:00:00Z, or 90m, 6h, 2d ago")
  .option("--region <region>", "Region of bucket and function (default: that of the environment)")
  .option("--move-to <prefix>", "move what went through to this prefix instead of deleting it")
  .option("--concurrency <number>", "shards at a time, 1 to 50", "4")
  .option("--dry-run", "list what would be sent; invoke and delete nothing")
  .option("--json", "print one JSON object")
  .addHelpText(
    "after",
    "\nUses the AWS credentials of the environment: s3:ListBucket, GetObject, DeleteObject (with --move-to PutObject) on the\n" +
      "bucket, kms:Decrypt on its key, lambda:InvokeFunction. What did not go through stays in the bucket.\n" +
      "\nExit code: 0 all of it went through, 1 something is left in the bucket, 2 wrong usage, no credentials, no AWS SDK.\n",
  )
  .action(async (options) => {
    ensureBuilt();
    const { runRedrive } = await import("./redrive/command.js");
    process.exitCode = await runRedrive(options);
  });

program
  .command("geo-update")
  .description("Check a newer country database (MMDB) and put it where the program here finds it.")
  .argument("<file>", "MMDB file of countries or cities, for example DB-IP's IP to Country Lite")
  .option("--to <file>", "where to copy it", "country.mmdb")
  .option("--json", "print one JSON object")
  .addHelpText("after", "\nExit code: 0 done, 2 the file knows no countries, or cannot be read or written.\n")
  .action(async (file: string, options) => {
    const { geoUpdate } = await import("./geoUpdate/index.js");
    process.exitCode = geoUpdate(file, options);
  });

program
  .command("match")
  .description("Print the events that a CloudWatch Logs filter pattern matches: aws logs test-metric-filter, offline.")
  .argument("<pattern>", "filter pattern for JSON events, in quotation marks of the shell")
  .argument("[files...]", "files of events, also gzipped; - or none for standard input")
  .addHelpText("after", "\nExit code: 0 an event matched, 1 none did, 2 wrong pattern or unreadable input.\n");

// A reader that goes away, such as `head`, is no error.
process.stdout.on("error", () => undefined);

program.parseAsync().catch(async (error: unknown) => {
  // Help and version are not errors; commander has printed what was wrong with the usage.
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    return;
  }
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
});
