import { copyFileSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { NoCountryDatabase, openCountryDatabase } from "../../detections/country/database";
import { fileProblem } from "../../wording";

export interface GeoUpdateOptions {
  to: string;
  json?: boolean;
}

/** Checks a country database, copies it, and says how to configure it. Returns the exit code. */
export function geoUpdate(
  file: string,
  { to, json }: GeoUpdateOptions,
  { stdout, stderr }: { stdout: { write(text: string): unknown }; stderr: { write(text: string): unknown } } = process,
): number {
  try {
    const { type, built } = openCountryDatabase(readFileSync(file));
    if (resolve(file) !== resolve(to)) copyFileSync(file, to);
    const made = built.toISOString().slice(0, 10);
    stdout.write(
      json
        ? `${JSON.stringify({ file: to, type, made })}\n`
        : `${to}: ${type}, made ${made}.\nNow: pulumi config set dynamodb-detective:countryDatabase ${to}\n`,
    );
    return 0;
  } catch (error) {
    const known = error instanceof NoCountryDatabase;
    if (!known && (error as NodeJS.ErrnoException).code === undefined) throw error;
    stderr.write(
      `geo-update ${file}: ${known ? `${error.message}. Give an MMDB file of countries or cities.` : `${fileProblem(error)}.`}\n`,
    );
    return 2;
  }
}
