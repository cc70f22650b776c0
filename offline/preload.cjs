// Loaded into the previewed program (NODE_OPTIONS --require) before anything else. It changes two things and no more:
//
// 1. A look-up that has no answer offline. In output form the answer is an unknown value, as for any other value that is
//    not known yet. In promise form (`await getVpc()`) the program would read `undefined` and go on with a wrong name or a
//    missing tag; here, reading it is an error that says which answer to give.
// 2. `util.inspect` without colours. Pulumi prints errors with `colors: true`, and colouring the stack of an error that an
//    async entry function threw keeps Node.js 20 and 22 busy for 40 seconds and more.
//
// No dependency, plain JavaScript: it runs in other people's programs, whatever they are compiled with.
"use strict";
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
const runtime = ["", "@pulumi", "pulumi", "runtime", ""].join(sep);

// Any copy of the SDK that is loaded: a workspace may hold several.
const load = Module._extensions[".js"];
Module._extensions[".js"] = function (module, filename, ...rest) {
  load.call(this, module, filename, ...rest);
  if (filename.endsWith(`${runtime}rpc.js`)) markUnanswered(module.exports);
  if (filename.endsWith(`${runtime}invoke.js`)) guard(module.exports);
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
