// Proves: what becomes of a program that waits for a look-up, with and without an answer.
// Does not prove: that AWS would answer as the look-ups here do.
import { join } from "node:path";
import { buildSync } from "esbuild";
import { describe, expect, it } from "vitest";
import { type Preview, preview } from "../../offline/preview";
import { PreviewError } from "../../offline/previewError";
import { file, imports, pack, program } from "./support/programs";

describe("a program that waits for", () => {
  const run = (index: string, lookups?: string): Promise<Preview> =>
    preview({
      folder: program({ "index.ts": `${imports}${index}` }),
      packFolder: pack("[]"),
      ...(lookups !== undefined && { lookupsFile: file("lookups.yaml", lookups) }),
    });
  const failure = (index: string): Promise<PreviewError> =>
    run(index).then(
      () => expect.unreachable(),
      (error: unknown) => {
        expect(error).toBeInstanceOf(PreviewError);
        return error as PreviewError;
      },
    );
  const displayName = ({ resources }: Preview) => resources.find(({ name }) => name === "topic")!.inputs["displayName"];

  it("a look-up stops without an answer, and goes on with one", async () => {
    const index = `
      aws.ec2.getVpcOutput({ id: pulumi.secret("vpc-secret"), default: false });
      export = async () => {
        const vpc = await aws.ec2.getVpc({ default: true });
        new aws.sns.Topic("topic", { displayName: "vpc " + vpc.id });
      };`;
    const [error, answered] = await Promise.all([
      failure(index),
      run(index, `"aws:ec2/getVpc:getVpc":\n  - args: { default: true }\n    result: { id: vpc-1 }\n`),
    ]);
    expect(error.message).toContain('The program reads "id" of the look-up aws:ec2/getVpc:getVpc');
    expect(error.message).toMatch(/index\.ts:\d+:\d+/);
    const result = "    result: { <property>: <value> }";
    expect(error.details.join("\n").trim()).toBe(
      [
        "Add the answer to a file and pass it with --lookups FILE:",
        "",
        '"aws:ec2/getVpc:getVpc":',
        '  - args: {"default":false}',
        result,
        '  - args: {"default":true}',
        result,
      ].join("\n"),
    );
    expect(displayName(answered)).toBe("vpc vpc-1");
    expect(answered.lookups).toEqual([
      {
        token: "aws:ec2/getVpc:getVpc",
        args: { default: false, id: "[secret]" },
        add: `"aws:ec2/getVpc:getVpc":\n  - args: {"default":false}\n${result}`,
      },
    ]);
  });

  it("a look-up through an SDK that is bundled into it stops, since that would go on with undefined", async () => {
    const folder = program({
      "Pulumi.yaml": "name: shop\nruntime: nodejs\nmain: bundle.js\n",
      "index.ts": `${imports}
        const vpc = pulumi.runtime.invokeOutput<any>("aws:ec2/getVpc:getVpc", { default: true });
        export const name = pulumi.interpolate\`vpc \${vpc.id}\`;`.replace('import * as aws from "@pulumi/aws";', ""),
    });
    buildSync({
      entryPoints: [join(folder, "index.ts")],
      outfile: join(folder, "bundle.js"),
      bundle: true,
      platform: "node",
      external: ["typescript", "ts-node"],
      logLevel: "error",
    });
    const answers = {
      packFolder: pack("[]"),
      lookupsFile: file("l.yaml", "aws:ec2/getVpc:getVpc: { result: { id: a } }"),
    };
    const error: unknown = await preview({ folder, packFolder: answers.packFolder }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(PreviewError);
    expect((error as PreviewError).message).toMatch(/look-up aws:ec2\/getVpc:getVpc has no answer offline.* bundled/);
    expect((error as PreviewError).details.join("\n")).toContain(
      '"aws:ec2/getVpc:getVpc":\n  - args: {"default":true}',
    );
    expect((await preview({ folder, ...answers })).outputs).toEqual({ name: "vpc a" });
  });

  it.each(["getOutputValue", "requireOutputValue", "getOutputDetails"])(
    "an output of another stack stops without an answer, and goes on with one: %s",
    async (method) => {
      const index = `
        export = async () => {
          const zone: any = await new pulumi.StackReference("org/net/dev").${method}("zone");
          new aws.sns.Topic("topic", { displayName: "zone " + (zone?.value ?? zone) });
        };`;
      const [error, answered] = await Promise.all([
        failure(index),
        run(index, '"pulumi:pulumi:StackReference": { args: { id: org/net/dev }, result: { outputs: { zone: a } } }'),
      ]);
      expect(error.message).toContain('UnansweredLookup: The program reads output "zone" of the stack org/net/dev');
      expect(error.message).toMatch(/index\.ts:\d+:\d+/);
      expect(error.details.join("\n")).toContain(
        '"pulumi:pulumi:StackReference":\n  - args: {"id":"org/net/dev"}\n    result: { outputs: { <output>: <value> } }',
      );
      expect(displayName(answered)).toBe("zone a");
      expect(answered.lookups).toEqual([]);
    },
  );
});
