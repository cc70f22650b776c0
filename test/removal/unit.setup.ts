// Takes one thing out of every resource of a type before the mocks of the component tests see it.
import { createRequire } from "node:module";
import { removalsIn } from "./removals";

/** What is taken out now, and whether some resource had it. */
export interface Current {
  removal?: { type: string; what: string };
  applied: boolean;
}
const current: Current = { applied: false };
(globalThis as { currentRemoval?: Current }).currentRemoval = current;

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
        const { removal } = current;
        const found =
          removal && args.type === removal.type
            ? removalsIn(args.inputs).find(({ what }) => what === removal.what)
            : undefined;
        if (found) current.applied = true;
        return newResource(found ? { ...args, inputs: found.inputs } : args);
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
    const { removal } = current;
    if (removal?.what !== "dependsOn" || args.type !== removal.type || args.opts.dependsOn === undefined) {
      return transformation(args);
    }
    current.applied = true;
    const { dependsOn: _, ...opts } = args.opts;
    return transformation({ ...args, opts });
  });
