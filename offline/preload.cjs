// Loaded into the previewed program (NODE_OPTIONS --require) before anything else. Beside what launcher.cjs puts off, it
// changes three things and no more:
//
// 1. A look-up that has no answer offline. In output form the answer is an unknown value, as for any other value that is
//    not known yet. In promise form (`await getVpc()`) the program would read `undefined` and go on with a wrong name or a
//    missing tag; here, reading it is an error that says which answer to give.
// 2. `util.inspect` without colours. Pulumi prints errors with `colors: true`, and colouring the stack of an error that an
//    async entry function threw keeps Node.js 20 and 22 busy for 40 seconds and more.
// 3. The SDK's own debugging: a log message to the engine at every step of every resource, and a source-mapped stack for
//    every promise, in case one is never settled. Nobody reads them in a preview, and they take a fifth of its time.
//
// No dependency, plain JavaScript: it runs in other people's programs, whatever they are compiled with.
"use strict";
require("./launcher.cjs");
const Module = require("node:module");
const { sep } = require("node:path");
const util = require("node:util");

const inspect = util.inspect;
const plainInspect = (value, options, ...legacy) => {
  const plain =
    typeof options === "object" && options !== null && options.colors ? { ...options, colors: false } : options;
  return inspect(value, plain, ...legacy);
};
Object.defineProperties(plainInspect, Object.getOwnPropertyDescriptors(inspect));
util.inspect = plainInspect;

const unanswered = "__dynamodbDetectiveUnanswered";
const sdk = ["", "@pulumi", "pulumi", ""].join(sep);
const patches = new Map(
  [
    [["runtime", "rpc.js"], markUnanswered],
    [["runtime", "invoke.js"], guard],
    [["runtime", "debuggable.js"], withoutStacks],
    [["log", "index.js"], withoutDebugMessages],
  ].map(([path, patch]) => [sdk + path.join(sep), patch]),
);

// Any copy of the SDK that is loaded: a workspace may hold several.
const load = Module._extensions[".js"];
Module._extensions[".js"] = function (module, filename, ...rest) {
  load.call(this, module, filename, ...rest);
  const start = filename.lastIndexOf(sdk);
  if (start !== -1) patches.get(filename.slice(start))?.(module.exports);
};

/** The answer of a look-up without one is unknown as a whole: an unknown property alone would leave the others missing. */
function markUnanswered(rpc) {
  const original = rpc.deserializeProperties;
  rpc.deserializeProperties = function (struct, ...rest) {
    return struct.getFieldsMap().has(unanswered) ? unknownAnswer() : original.call(this, struct, ...rest);
  };
}

/** Unknown for the SDK, and so is its first value, which is all that single-valued functions return. */
function unknownAnswer() {
  const answer = Object.defineProperty({}, "__pulumiUnknown", { value: true });
  answer.value = answer;
  return answer;
}

/** In promise form the program gets the answer itself. */
function guard(invokes) {
  for (const name of ["invoke", "invokeSingle"]) {
    const original = invokes[name];
    invokes[name] = function (token, ...rest) {
      return original.call(this, token, ...rest).then((result) => (isUnknown(result) ? refuse(token) : result));
    };
  }
}

const isUnknown = (value) => typeof value === "object" && value !== null && value.__pulumiUnknown === true;

/** Counts as an unknown value for the SDK, which may pass it on; the program itself cannot read it. */
function refuse(token) {
  const fail = (property) => {
    const what = typeof property === "string" ? `reads "${property}" of` : "reads";
    const error = new Error(`The program ${what} the look-up ${token}, which has no answer offline.`);
    error.name = "UnansweredLookup";
    Error.captureStackTrace(error, fail);
    throw error;
  };
  return new Proxy(
    {},
    {
      get(_, property) {
        if (property === "__pulumiUnknown") return true;
        // What `await`, the SDK's type tests and Node.js ask of any object.
        if (
          property === "then" ||
          property === "constructor" ||
          (typeof property === "string" && property.startsWith("__"))
        ) {
          return undefined;
        }
        if (typeof property === "symbol" && property !== Symbol.toPrimitive && property !== Symbol.iterator) {
          return undefined;
        }
        return fail(property);
      },
      ownKeys: () => fail(),
      has: (_, property) => (typeof property === "string" && property.startsWith("__") ? false : fail(property)),
      getOwnPropertyDescriptor: () => undefined,
    },
  );
}

/** The stack of a promise is for PULUMI_DEBUG_PROMISE_LEAKS; looking up its lines in source maps is slow. */
function withoutStacks(debuggable) {
  if (debuggable.debugPromiseLeaks) return;
  const original = debuggable.debuggablePromise;
  debuggable.debuggablePromise = function (...args) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return original.apply(this, args);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}

/** A preview prints no debug messages; each would be a call to the engine that the next one waits for. */
function withoutDebugMessages(log) {
  log.debug = () => Promise.resolve();
}
