// Takes one thing out of every resource of a type before the mocks of the component tests see it.
import { appendFileSync } from "node:fs";
import { createRequire } from "node:module";
import { removalsIn } from "./removals";

const { type, what, applied } = JSON.parse(process.env["REMOVAL"]!) as { type: string; what: string; applied: string };
const require = createRequire(__filename);
const mocks = require("@pulumi/pulumi/runtime/mocks");
const stack = require("@pulumi/pulumi/runtime/stack");
const { setMocks } = mocks;
const { registerStackTransformation } = stack;

mocks.setMocks = (
  { newResource, call }: { newResource: (args: object) => unknown; call: unknown },
  ...rest: unknown[]
) =>
  setMocks(
    {
      newResource: (args: { type: string; inputs: Record<string, unknown> }) => {
        const removal =
          args.type === type ? removalsIn(args.inputs).find((candidate) => candidate.what === what) : undefined;
        if (removal) appendFileSync(applied, "x");
        return newResource(removal ? { ...args, inputs: removal.inputs } : args);
      },
      call,
    },
    ...rest,
  );

interface Registered {
  type: string;
  opts: { dependsOn?: unknown };
}
stack.registerStackTransformation = (transformation: (args: Registered) => unknown) =>
  registerStackTransformation((args: Registered) => {
    if (what !== "dependsOn" || args.type !== type || args.opts.dependsOn === undefined) return transformation(args);
    appendFileSync(applied, "x");
    const { dependsOn: _, ...opts } = args.opts;
    return transformation({ ...args, opts });
  });
