import { existsSync, readFileSync } from "node:fs";
import { bundledCountryDatabase } from "../../components/statefulDetector/countryDatabase";
import { type CountryDatabase, openCountryDatabase } from "../../detections/country/database";
import type { ResolvedResource } from "../../simulation";

/**
 * The country of an address, by the database that the detector would be deployed with, where it can be found from here;
 * else by the one that comes along. Opened with the first address.
 */
export function countriesOf(resources: readonly ResolvedResource[]): (address: string) => string | undefined {
  let database: CountryDatabase | undefined;
  return (address) => {
    database ??= openCountryDatabase(readFileSync(databaseOf(resources)));
    return database.countryOf(address);
  };
}

function databaseOf(resources: readonly ResolvedResource[]): string {
  for (const { inputs } of resources) {
    const code = object(inputs["code"]);
    const asset = object(code["assets"] ?? code)["country.mmdb"];
    // A preview prints a file as `[asset PATH]`; a stack export holds the asset itself.
    const path = typeof asset === "string" ? /^\[asset (.+)\]$/.exec(asset)?.[1] : object(asset)["path"];
    if (typeof path === "string" && existsSync(path)) return path;
  }
  return bundledCountryDatabase();
}

const object = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
