// Proves: which addresses are asked for a country, and that the one that comes along answers for some that do not move.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bundledCountryDatabase } from "../../../components/statefulDetector/countryDatabase";
import { openCountryDatabase } from "../../../detections/country/database";
import { publicAddressOf } from "../../../functions/detector/sourceAddress";

describe("the public address of a call", () => {
  it.each([
    ["8.8.8.8", "8.8.8.8"],
    ["::ffff:8.8.8.8", "8.8.8.8"],
    ["::ffff:808:808", "8.8.8.8"],
    ["0:0:0:0:0:FFFF:0808:0808", "8.8.8.8"],
    ["2001:4860:4860::8888", "2001:4860:4860::8888"],
    ["172.32.0.1", "172.32.0.1"],
    ["100.128.0.1", "100.128.0.1"],
  ])("%s", (sourceIPAddress, address) => expect(publicAddressOf({ sourceIPAddress })).toBe(address));

  it.each(
    [
      "10.1.2.3",
      "172.16.0.1",
      "172.31.255.255",
      "192.168.0.1",
      "127.0.0.1",
      "169.254.169.254",
      "100.64.0.1",
      "100.127.255.255",
      "192.0.2.1",
      "198.51.100.1",
      "203.0.113.1",
      "0.0.0.0",
      "224.0.0.1",
      "255.255.255.255",
      "::1",
      "::",
      "fe80::1",
      "fc00::1",
      "fd12::1",
      "2001:db8::1",
      "3fff::1",
      "ff02::1",
      "::ffff:10.0.0.1",
      "::ffff:7f00:1",
      "64:ff9b::8.8.8.8",
      "2002:808:808::1",
      "fe80::1%eth0",
      "8.8.8.8%1",
      "dynamodb.amazonaws.com",
      "AWS Internal",
      "",
      "8.8.8",
      "8.8.8.8.8",
      "08.8.8.8",
      "256.1.1.1",
      "1:2",
      "::g",
      "[::1]",
    ].map((address) => [address]),
  )("none: %j", (sourceIPAddress) => expect(publicAddressOf({ sourceIPAddress })).toBeUndefined());

  it("none through a VPC endpoint, and none where the field is no text", () => {
    expect(publicAddressOf({ sourceIPAddress: "8.8.8.8", vpcEndpointId: "vpce-1" })).toBeUndefined();
    expect(publicAddressOf({ sourceIPAddress: 8 as never })).toBeUndefined();
    expect(publicAddressOf({})).toBeUndefined();
  });
});

describe("the database that comes along", () => {
  const database = openCountryDatabase(readFileSync(bundledCountryDatabase()));

  it.each([
    ["8.8.8.8", "US"],
    ["193.0.6.139", "NL"], // RIPE NCC
    ["133.11.0.1", "JP"], // University of Tokyo
    ["2001:67c:2e8:22::c100:68b", "NL"],
  ])("places %s in %s", (address, country) => expect(database.countryOf(address)).toBe(country));

  it("says nothing of an address that is nowhere", () => expect(database.countryOf("10.0.0.1")).toBeUndefined());
});

describe("a file that is no country database", () => {
  it.each([
    ["a text", Buffer.from("country,code"), "is no MMDB file"],
    ["nothing", Buffer.alloc(0), "is no MMDB file"],
    ["a damaged one", readFileSync(bundledCountryDatabase()).subarray(-400), "is a damaged MMDB file"],
  ])("%s", (_, content, message) => expect(() => openCountryDatabase(content)).toThrow(message));
});
