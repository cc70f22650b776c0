import { Reader, type Response } from "mmdb-lib";

/** Where an address is, by a database in MaxMind's DB format (MMDB). */
export interface CountryDatabase {
  /** ISO 3166 alpha-2 code; undefined where the database does not say. Takes IPv4 and IPv6 addresses. */
  countryOf(address: string): string | undefined;
  /** When it was made. */
  built: Date;
  /** Its own name for what it holds, for example "country ipvAll". */
  type: string;
}

/** A file that holds no countries. The message says what was found, for whoever names the file. */
export class NoCountryDatabase extends Error {}

/** Any of these is somewhere on the internet, so a database of countries knows at least one. */
const wellKnownAddresses = [
  "8.8.8.8",
  "1.1.1.1",
  "9.9.9.9",
  "17.0.0.1",
  "193.0.0.1",
  "202.12.27.33",
  "2001:4860:4860::8888",
];

/** Opens the content of an MMDB file. Throws NoCountryDatabase. */
export function openCountryDatabase(content: Buffer): CountryDatabase {
  const reader = open(content);
  const { buildEpoch, databaseType } = reader.metadata;
  const database = {
    countryOf: (address: string) => codeOf(reader.get(address) as Record<string, unknown> | null),
    built: buildEpoch,
    type: databaseType,
  };
  if (!/country|city|enterprise/i.test(databaseType) && wellKnownAddresses.every((at) => !found(database, at))) {
    throw new NoCountryDatabase(`is an MMDB file of type "${databaseType}", which knows no countries`);
  }
  return database;
}

function open(content: Buffer): Reader<Response> {
  // The format ends with its metadata, behind this mark (MaxMind DB file format specification, "Database metadata").
  const mark = Buffer.concat([Buffer.from([0xab, 0xcd, 0xef]), Buffer.from("MaxMind.com")]);
  if (content.lastIndexOf(mark) < 0) throw new NoCountryDatabase("is no MMDB file");
  try {
    const reader = new Reader<Response>(content);
    if (reader.metadata.searchTreeSize < content.length) return reader;
  } catch {
    // Told below: the library's messages name offsets.
  }
  throw new NoCountryDatabase("is a damaged MMDB file");
}

function found(database: CountryDatabase, address: string): boolean {
  try {
    return database.countryOf(address) !== undefined;
  } catch {
    return false; // an IPv6 address in an IPv4 database
  }
}

/** `country.iso_code` in the databases of MaxMind and DB-IP, `country_code` in those of ip-location-db. */
function codeOf(entry: Record<string, unknown> | null): string | undefined {
  const country = entry?.["country"];
  const code =
    entry?.["country_code"] ??
    (typeof country === "object" && country !== null ? (country as Record<string, unknown>)["iso_code"] : country);
  return typeof code === "string" && /^[A-Z]{2}$/i.test(code) ? code.toUpperCase() : undefined;
}
