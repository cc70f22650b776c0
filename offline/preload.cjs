// Loaded into the previewed program (NODE_OPTIONS --require) before anything else. Beside what launcher.cjs puts off, it
// changes six things and no more:
//
// 1. A look-up that has no answer offline. In output form the answer is an unknown value, as for any other value that is
//    not known yet. In promise form (`await getVpc()`) the program would read `undefined` and go on with a wrong name or a
//    missing tag; here, reading it is an error that says which answer to give.
// 2. `util.inspect` as Pulumi prints errors with it: without colours, since colouring the stack of an error that an async
//    entry function threw keeps Node.js 20 and 22 busy for 40 seconds and more; and without the whole inside of the
//    resource that a `ResourceError` is about.
// 3. What the program takes for a secret is told to the preview, which does not print it, whatever the program does with it.
// 4. The places where resources are written are found in ES modules, too.
// 5. The SDK's own debugging: a log message to the engine at every step of every resource, and a source-mapped stack for
//    every promise, in case one is never settled. Nobody reads them in a preview, and they take a fifth of its time.
// 6. Which namespaces of the configuration it reads is told as well: a misspelt one would be ignored without a word.
//
// No dependency, plain JavaScript: it runs in other people's programs, whatever they are compiled with.
"use strict";
require("./launcher.cjs");
const Module = require("node:module");
const { writeSync } = require("node:fs");
const { sep } = require("node:path");
const util = require("node:util");

// Where to report to; other processes that the program starts have something else there.
const { DYNAMODB_DETECTIVE_REPORTS: reports } = process.env;
delete process.env.DYNAMODB_DETECTIVE_REPORTS;

const inspect = util.inspect;
const plainInspect = (value, options, ...legacy) => {
  const colors = typeof options === "object" && options !== null && options.colors;
  if (!colors) return inspect(value, options, ...legacy);
  // The engine is told which resource it is.
  if (value?.__pulumResourceError) return String(value.stack ?? value.message);
  return inspect(value, { ...options, colors: false }, ...legacy);
};
Object.defineProperties(plainInspect, Object.getOwnPropertyDescriptors(inspect));
util.inspect = plainInspect;

const unanswered = "__dynamodbDetectiveUnanswered";
const guarded = "__dynamodbDetectiveGuarded";
const sdk = ["", "@pulumi", "pulumi", ""].join(sep);
const patches = new Map(
  [
    [["runtime", "rpc.js"], markUnanswered],
    [["runtime", "invoke.js"], guard],
    [["stackReference.js"], guardStackOutputs],
    [["config.js"], reportConfiguration],
    [["output.js"], reportSecretValues],
    [["resource.js"], locateInModules],
    [["runtime", "debuggable.js"], withoutStacks],
    [["log", "index.js"], withoutDebugMessages],
  ].map(([path, patch]) => [sdk + path.join(sep), patch]),
);

// Any copy of the SDK that is loaded: a workspace may hold several. Other preloads (tsx) put their own functions in the
// place of those that load a file by its extension, but not of this one.
const load = Module.prototype.load;
Module.prototype.load = function (filename, ...rest) {
  load.call(this, filename, ...rest);
  const start = filename.lastIndexOf(sdk);
  if (start !== -1) patches.get(filename.slice(start))?.(this.exports);
};

/**
 * The answer of a look-up without one is unknown as a whole: an unknown property alone would leave the others missing.
 * The preview is told that this is so here: a copy of the SDK that is bundled into the program does not come by.
 */
function markUnanswered(rpc) {
  const serialize = rpc.serializePropertiesReturnDeps;
  rpc.serializePropertiesReturnDeps = async function (label, ...rest) {
    const result = await serialize.call(this, label, ...rest);
    if (/^(invoke|call):/.test(label)) result[0][guarded] = true;
    return result;
  };
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
    throw unansweredLookup(`The program ${what} the look-up ${token}`, fail);
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

function unansweredLookup(what, reader = unansweredLookup) {
  const error = new Error(`${what}, which has no answer offline.`);
  error.name = "UnansweredLookup";
  Error.captureStackTrace(error, reader);
  return error;
}

/** Outputs of another stack, as values: `await stack.getOutputValue("zone")` would be `undefined`. */
function guardStackOutputs({ StackReference }) {
  const original = StackReference.prototype.readOutputValue;
  StackReference.prototype.readOutputValue = async function (caller, output, required) {
    if (!(await this.outputs.isKnown)) {
      const stack = await this.name.promise();
      throw unansweredLookup(`The program reads output ${JSON.stringify(output)} of the stack ${stack}`);
    }
    return original.call(this, caller, output, required);
  };
}

/** `config.requireSecret("password")`: what that key holds, whether or not the configuration says that it is secret. */
function reportConfiguration({ Config }) {
  const namespaces = new Set();
  const { fullKey } = Config.prototype;
  Config.prototype.fullKey = function (...args) {
    if (!namespaces.has(this.name)) report({ namespace: this.name });
    namespaces.add(this.name);
    return fullKey.apply(this, args);
  };
  for (const name of Object.getOwnPropertyNames(Config.prototype)) {
    if (!/^(get|require)Secret/.test(name)) continue;
    const original = Config.prototype[name];
    Config.prototype[name] = function (key, ...rest) {
      report({ key: `${this.name}:${key}` });
      return original.call(this, key, ...rest);
    };
  }
}

/** `pulumi.secret("…")`. Values that are promises are heard of where they are registered. */
function reportSecretValues(outputs) {
  const original = outputs.secret;
  outputs.secret = function (value) {
    if (typeof value === "string" || typeof value === "number") report({ value: String(value) });
    return original.call(this, value);
  };
}

/** At once, as the program may end at once; see `secrets/reported.ts`. */
function report(fact) {
  if (reports !== undefined) writeSync(Number(reports), `${JSON.stringify(fact)}\n`);
}

/** A frame of an ES module has a URL, and no parentheses where no function is around it. */
function locateInModules({ Resource }) {
  Resource.framePositionRegExp =
    /^\s*at (?:async )?(?:.* \()?(?:file:\/\/)?(?<file>(?:\/|[A-Za-z]:[\\/]).*):(?<line>\d+):(?<column>\d+)\)?$/;
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
