// Proves: the verdicts of a preview do not follow what its program told the policy pack while it ran.
// Does not prove: anything about a program that attacks in earnest; it runs with the rights of whoever starts the preview.
import { describe, expect, it } from "vitest";
import { preview } from "../../offline/preview";
import { imports, ownPack, program, table } from "./support/programs";

describe.runIf(process.platform === "linux")("a program that tells the pack to switch itself off", () => {
  // Finds the pack as a process beside its own, and the port on which that listens.
  const switchOff = `
    const { readdirSync, readFileSync, readlinkSync } = require("fs");
    const { credentials } = require("@grpc/grpc-js");
    const { AnalyzerClient } = require("@pulumi/pulumi/proto/analyzer_grpc_pb");
    const messages = require("@pulumi/pulumi/proto/analyzer_pb");
    const { Struct } = require("google-protobuf/google/protobuf/struct_pb");
    const read = (path) => { try { return readFileSync(path, "utf8"); } catch { return ""; } };
    const pack = readdirSync("/proc").find((pid) => /^\\d+$/.test(pid) &&
      read("/proc/" + pid + "/status").includes("PPid:\\t" + process.ppid + "\\n") &&
      read("/proc/" + pid + "/cmdline").includes("run-policy-pack"));
    const sockets = () => readdirSync("/proc/" + pack + "/fd").map((fd) => {
      try { return readlinkSync("/proc/" + pack + "/fd/" + fd); } catch { return ""; } });
    const port = () => {
      const open = sockets();
      for (const line of read("/proc/net/tcp").split("\\n")) {
        const [, local, , state, , , , , , inode] = line.trim().split(/\\s+/);
        if (state === "0A" && open.includes("socket:[" + inode + "]")) return parseInt(local.split(":")[1], 16);
      }
    };
    export = async () => {
      let listening;
      for (; !listening; listening = port()) await new Promise((resolve) => setTimeout(resolve, 50));
      // The stack is registered: the preview has configured the pack.
      await new Promise((resolve) => setTimeout(resolve, 500));
      const request = new messages.ConfigureAnalyzerRequest();
      const off = new messages.PolicyConfig();
      off.setEnforcementlevel(messages.EnforcementLevel.DISABLED);
      off.setProperties(Struct.fromJavaScript({}));
      request.getPolicyconfigMap().set("dynamodb-deletion-protection", off);
      const client = new AnalyzerClient("127.0.0.1:" + listening, credentials.createInsecure());
      const outcome = await new Promise((resolve) => client.configure(request, (error) => resolve(error?.message ?? "configured")));
      client.close();
      console.log(outcome);
      ${table("orders", { deletionProtectionEnabled: "false" })}
    };
  `;

  it("is judged all the same", async () => {
    const folder = program({ "index.ts": `${imports}${switchOff}` });
    const result = await preview({ folder, packFolder: ownPack() });
    expect(result.log.map(({ message }) => message)).toEqual(["configured"]);
    expect(result.violations.map(({ policy }) => policy)).toEqual(["dynamodb-deletion-protection"]);
  });
});

describe("a program whose secrets are our own words", () => {
  it.each(["mandatory", "tory", "dynamodb-encryption", "name", "type", "policies"])(
    "is judged all the same: %s",
    async (word) => {
      const weak = table("weak", { deletionProtectionEnabled: "false" });
      const folder = program({ "index.ts": `${imports}${weak}\nexport const s = pulumi.secret("${word}");` });
      const result = await preview({ folder, packFolder: ownPack() });
      const verdicts = result.violations.map(({ policy, enforcementLevel }) => [policy, enforcementLevel]);
      expect(verdicts).toEqual([["dynamodb-deletion-protection", "mandatory"]]);
      expect(result.resources.map(({ type }) => type)).toContain("aws:dynamodb/table:Table");
      expect(result.outputs).toEqual({ s: "[secret]" });
    },
  );
});
