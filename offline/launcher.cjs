// Loaded into the SDK's launchers, that of the program and that of the policy pack, before anything else. It leaves out, or
// puts off until somebody asks, what they do on starting and a preview has no use for. Together that is a third of the time of
// a preview:
//
// 1. Packages of rare uses, loaded on their first use: npm's resolver (which files a serialized function needs), exporters of
//    traces, the Automation API.
// 2. V8's debugger, under which everything runs slower, started when a function is serialized: nothing else asks it.
// 3. Source positions of all frames of a resource's stack. The preview reads one.
//
// An SDK that is built otherwise than expected is left as it is. No dependency, plain JavaScript, as preload.cjs.
"use strict";
const Module = require("node:module");
const { sep } = require("node:path");
const { pathToFileURL } = require("node:url");

const sdk = ["", "@pulumi", "pulumi", ""].join(sep);
const fileOf = (...path) => sdk + path.join(sep);

/** What each file of the SDK loads on its first use only. */
const late = [
  [fileOf("runtime", "closure", "codePaths.js"), /^(@npmcli\/arborist|fdir|normalize-package-data|upath)$/],
  [fileOf("cmd", "run", "tracing.js"), /^@opentelemetry\/(?!api$)/],
  [fileOf("index.js"), /^\.\/automation$/],
];
const patches = [
  [fileOf("runtime", "closure", "v8Hooks.js"), debuggerOnDemand],
  [fileOf("resource.js"), callerOnly],
];

const loadModule = Module._load;
Module._load = function (request, parent, isMain) {
  const isLate = late.some(([file, name]) => name.test(request) && parent?.filename?.endsWith(file));
  const load = () => loadModule.call(this, request, parent, isMain);
  return isLate ? onFirstUse(load) : load();
};

const loadFile = Module._extensions[".js"];
Module._extensions[".js"] = function (module, filename, ...rest) {
  loadFile.call(this, module, filename, ...rest);
  for (const [file, patch] of patches) if (filename.endsWith(file)) patch(module.exports);
};

/** Stands for a module until something is read of it. Says `__esModule`, so that TypeScript's helpers read nothing. */
function onFirstUse(load) {
  let loaded;
  const module = () => {
    loaded ??= load();
    return loaded;
  };
  return new Proxy(
    {},
    {
      get(_, key) {
        if (key === "__esModule") return true;
        return key === "default" && !module().__esModule ? module() : module()[key];
      },
      has: (_, key) => key in module(),
      ownKeys: () => Reflect.ownKeys(module()),
      getOwnPropertyDescriptor(_, key) {
        const property = Object.getOwnPropertyDescriptor(module(), key);
        return property && { ...property, configurable: true };
      },
    },
  );
}

/** The session knows where the functions of scripts are that were loaded before it: V8 tells of them when it is asked. */
function debuggerOnDemand(hooks) {
  if (["isInitializedAsync", "getSessionAsync", "getScriptUrl"].some((name) => typeof hooks[name] !== "function"))
    return;
  const urls = new Map();
  let session;
  async function connect() {
    const { Session } = require("node:inspector");
    const connected = new Session();
    connected.connect();
    connected.addListener("Debugger.scriptParsed", ({ params }) => urls.set(params.scriptId, params.url));
    await new Promise((resolve, reject) => {
      connected.post("Debugger.enable", (error) => (error ? reject(error) : resolve()));
    });
    return connected;
  }
  hooks.isInitializedAsync = () => Promise.resolve();
  hooks.getSessionAsync = () => {
    session ??= connect();
    return session;
  };
  hooks.getScriptUrl = (id) => urls.get(id);
}

/**
 * The SDK maps every frame of a resource's stack to its source, and to do so reads the source map of each file on it. Only the
 * frame that it then calls the position of the resource is mapped here.
 */
function callerOnly({ Resource }) {
  if (typeof Resource?.stackTrace !== "function" || !(Resource.framePositionRegExp instanceof RegExp)) return;
  Resource.stackTrace = function stackTrace(skip) {
    const { stackTraceLimit, prepareStackTrace } = Error;
    const trace = {};
    const mapped = typeof prepareStackTrace === "function";
    let lines = [];
    // The SDK counts its own two functions, one of which is this; the frames of a trace begin after it.
    Error.stackTraceLimit = skip;
    if (mapped) {
      Error.prepareStackTrace = (error, frames) => prepareStackTrace(error, frames.slice(skip - 1));
    }
    try {
      Error.captureStackTrace(trace, stackTrace);
      lines = String(trace.stack).split("\n").slice(1);
    } finally {
      Object.assign(Error, { stackTraceLimit, prepareStackTrace });
    }
    const { file, line, column } = Resource.framePositionRegExp.exec(lines[mapped ? 0 : skip - 1] ?? "")?.groups ?? {};
    if (!file || file.startsWith("node:")) return [];
    return [{ uri: pathToFileURL(file).toString(), line: Number(line), column: Number(column) }];
  };
}
