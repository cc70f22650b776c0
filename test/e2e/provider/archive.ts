import { readdirSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync, zipSync } from "fflate";
import { isObject } from "./compare";
import type { Json, Properties } from "./resourceType";

type Files = { [name: string]: Uint8Array };

/**
 * A zip of an archive as it travels: of texts, files and further archives by name, or a folder or zip by path. The same
 * files give the same bytes.
 */
export function zip(archive: Json): Uint8Array {
  const files = filesOf(archive, "code");
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  // Stored, not compressed: nobody keeps it for long, and compression would take most of a deployment's time.
  return zipSync(sorted, { mtime: "2000-01-01", level: 0 });
}

function filesOf(archive: Json, name: string): Files {
  if (!isObject(archive)) throw new Error(`${name} is no archive`);
  if (isObject(archive["assets"])) {
    const members = Object.entries(archive["assets"]).map(([member, asset]) => membersOf(member, asset));
    return Object.assign({}, ...members) as Files;
  }
  const path = pathOf(archive, name);
  if (statSync(path).isDirectory()) return folder(path);
  if (path.endsWith(".zip")) return unzipSync(readFileSync(path));
  throw new Error(`${name} is ${path}: this provider takes folders and .zip files as archives`);
}

/** One asset is one file; an archive inside an archive is a folder. */
function membersOf(name: string, asset: Json): Files {
  if (!isObject(asset)) throw new Error(`${name} is no asset`);
  if (typeof asset["text"] === "string") return { [name]: new TextEncoder().encode(asset["text"]) };
  if (asset["assets"] === undefined && !isArchive(asset)) return { [name]: readFileSync(pathOf(asset, name)) };
  return below(name, filesOf(asset, name));
}

// How Pulumi marks an archive on the wire.
const isArchive = (value: Properties): boolean =>
  value["4dabf18193072939515e22adb298388d"] === "0def7320c3a5731c473e5ecbe6d01bc7";

function pathOf(value: Properties, name: string): string {
  const { path, uri } = value;
  if (typeof path === "string") {
    // The provider does not know the program's folder.
    if (!isAbsolute(path)) throw new Error(`${name} is the file ${path}: this provider takes absolute paths`);
    return path;
  }
  if (typeof uri === "string" && uri.startsWith("file://")) return fileURLToPath(uri);
  throw new Error(
    `${name} is ${uri ?? "nothing that can be read"}: this provider takes texts and files of this machine`,
  );
}

const folder = (path: string): Files =>
  Object.assign(
    {},
    ...readdirSync(path, { withFileTypes: true }).map((entry) =>
      entry.isDirectory()
        ? below(entry.name, folder(join(path, entry.name)))
        : { [entry.name]: readFileSync(join(path, entry.name)) },
    ),
  ) as Files;

const below = (name: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([file, content]) => [`${name}/${file}`, content]));
