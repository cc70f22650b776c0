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
const plainInspect = function (value, options, ...legacy) {
  const plain = typeof options === "object" && options !== null && options.colors ? { ...options, colors: false } : options;
  return inspect(value, plain, ...legacy);
};
Object.defineProperties(plainInspect, Object.getOwnPropertyDescriptors(inspect));
util.inspect = plainInspect;

const unanswered = "__dynamodbDetectiveUnanswered";
const invokeModule = ["@pulumi", "pulumi", "runtime", "invoke.js"].join(sep);

// Any copy of the SDK that is loaded: a workspace may hold several.
const load = Module._extensions[".js"];
Module._extensions[".js"] = function (module, filename) {
  load.apply(this, arguments);
  if (filename.endsWith(sep + invokeModule)) guard(module.exports);
};

function guard(invokes) {
  for (const name of ["invoke", "invokeSingle"]) {
    const original = invokes[name];
    if (typeof original !== "function") continue;
    // `invokeSingle` returns the first value of the answer, which says the same.
    invokes[name] = function (token, args, ...rest) {
      return original.call(this, token, args, ...rest).then((result) => (isUnanswered(result) ? refuse(token, args) : result));
    };
  }
}

function isUnanswered(result) {
  if (typeof result !== "object" || result === null) return false;
  return Object.prototype.hasOwnProperty.call(result, unanswered) || result.__pulumiUnknown === true;
}

/** Counts as an unknown value for the SDK, which may pass it on; the program itself cannot read it. */
function refuse(token, args) {
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
      get(_, property, receiver) {
        if (property === "__pulumiUnknown") return true;
        // What `await`, the SDK's type tests and Node.js ask of any object.
        if (property === "then" || property === "constructor" || (typeof property === "string" && property.startsWith("__"))) {
          return undefined;
        }
        if (typeof property === "symbol" && property !== Symbol.toPrimitive && property !== Symbol.iterator) return undefined;
        if (property === "doNotCapture") return undefined;
        return fail(property, receiver);
      },
      ownKeys: () => fail(),
      has: (_, property) => (typeof property === "string" && property.startsWith("__") ? false : fail(property)),
      getOwnPropertyDescriptor: () => undefined,
    },
  );
}
