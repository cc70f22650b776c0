// The arrows of docs/architecture.md. A folder may import what its line names, and nothing else of ours.
const rooms = {
  wording: [],
  stack: [],
  iam: [],
  detections: [],
  components: ["detections", "tools", "wording"],
  configuration: ["components", "detections", "wording"],
  functions: ["detections"],
  policypack: ["iam", "tools", "wording"],
  coverage: ["stack", "detections"],
  offline: ["stack", "policypack", "tools", "wording"],
  simulation: ["detections", "functions", "iam", "stack"],
  tools: ["components", "configuration", "detections", "functions", "policypack", "simulation"],
};
const all = [...Object.keys(rooms), "cli"];

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, pathNot: "(\\.d\\.ts|\\.config\\.mjs|^tools/mutation/prose\\.mjs)$" },
      to: {},
    },
    ...Object.entries(rooms).map(([room, allowed]) => ({
      name: `${room}-imports-only-${allowed.join("-and-") || "itself"}`,
      severity: "error",
      from: { path: `^${room}/` },
      to: { path: `^(${all.filter((other) => other !== room && !allowed.includes(other)).join("|")})/` },
    })),
    {
      name: "detections-know-no-cloud",
      severity: "error",
      from: { path: "^(detections|stack|coverage|iam|simulation)/" },
      to: { path: "node_modules/(@pulumi|@aws-sdk)" },
    },
    {
      name: "the-pack-starts-fast",
      comment: "Type tokens are strings: importing the AWS SDK would cost seconds at every preview.",
      severity: "error",
      from: { path: "^policypack/" },
      to: { path: "node_modules/@pulumi/aws" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
