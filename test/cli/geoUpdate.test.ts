// Proves: what the command copies, prints and refuses.
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { geoUpdate } from "../../cli/geoUpdate";
import { bundledCountryDatabase } from "../../components/statefulDetector/countryDatabase";

const folder = mkdtempSync(join(tmpdir(), "geo-"));
function run(file: string, to: string, json = false) {
  const out: string[] = [];
  const err: string[] = [];
  const streams = {
    stdout: { write: (text: string) => out.push(text) },
    stderr: { write: (text: string) => err.push(text) },
  };
  return { code: geoUpdate(file, { to, json }, streams), out: out.join(""), err: err.join("") };
}

describe("geo-update", () => {
  it("copies a country database, and says how to configure it", () => {
    const to = join(folder, "country.mmdb");
    const { code, out } = run(bundledCountryDatabase(), to);
    expect(code).toBe(0);
    expect(out).toBe(
      `${to}: country ipvAll, made 2026-06-01.\nNow: pulumi config set dynamodb-detective:countryDatabase ${to}\n`,
    );
    expect(readFileSync(to).equals(readFileSync(bundledCountryDatabase()))).toBe(true);
    expect(JSON.parse(run(to, to, true).out)).toEqual({ file: to, type: "country ipvAll", made: "2026-06-01" });
  });

  it("refuses what knows no countries, and leaves the old one alone", () => {
    const file = join(folder, "x.mmdb");
    const to = join(folder, "y.mmdb");
    writeFileSync(file, "nothing");
    expect(run(file, to)).toEqual({
      code: 2,
      out: "",
      err: `geo-update ${file}: is no MMDB file. Give an MMDB file of countries or cities.\n`,
    });
    expect(existsSync(to)).toBe(false);
    expect(run(join(folder, "missing"), to).err).toContain("no such file");
  });
});
