// Proves: that components of one stack share no physical name, metric namespace or URN where their own names are alike,
// and that each refuses a name that AWS would refuse before anything is registered. Does not prove: that AWS takes them.
import { describe, expect, it } from "vitest";
import {
  AlertChannel,
  ArgumentError,
  AuditTrail,
  ConfigRecorder,
  ConfigRules,
  DetectionAlarms,
  DetectiveControls,
  StreamMonitor,
} from "../../components";
import { SecureBucket } from "../../components/secureBucket";
import { account, deploy, refused, region } from "./support/mocks";

const topic = `arn:aws:sns:${region}:${account}:alerts`;
const table = (name: string) => ({
  streamArn: `arn:aws:dynamodb:${region}:${account}:table/${name}/stream/2026-01-01T00:00:00.000`,
});

const components: [string, (name: string) => unknown][] = [
  ["AlertChannel", (name) => new AlertChannel(name, { emails: ["a@example.com"] })],
  ["AuditTrail", (name) => new AuditTrail(name)],
  ["ConfigRecorder", (name) => new ConfigRecorder(name)],
  ["ConfigRules", (name) => new ConfigRules(name, { alertTopicArn: topic })],
  ["DetectionAlarms", (name) => new DetectionAlarms(name, { logGroupName: "group", alarmTopicArn: topic })],
  ["DetectiveControls", (name) => new DetectiveControls(name, { streamMonitor: { tables: [table("orders")] } })],
  ["SecureBucket", (name) => new SecureBucket(name, { purpose: "logs" })],
  ["StreamMonitor", (name) => new StreamMonitor(name, { tables: [table("orders.old"), table("orders-old")] })],
];

/** Physical names, by the type that they are unique among. */
async function namesOf(program: () => unknown): Promise<string[]> {
  const { resources } = await deploy(program);
  return resources.flatMap(({ type, inputs }) =>
    ["name", "namePrefix", "bucketPrefix"].flatMap((key) => (inputs[key] ? [`${type} ${inputs[key]}`] : [])),
  );
}

/** Resources that have the name of another one on purpose. */
const twice = (names: string[]): string[] =>
  names.filter((name, i) => names.indexOf(name) < i && !name.startsWith("aws:cfg/recorderStatus:"));

describe.each(components)("%s", (_, create) => {
  it("shares no physical name with one that is named after the project", async () => {
    const names = await namesOf(() => [create("x"), create("detective-x")]);
    expect(names.length).toBeGreaterThan(1);
    expect(twice(names)).toEqual([]);
  });

  it.each(["two words", "star*", "a/b", ""])("refuses to be named %j", async (name) => {
    const { error, registered } = await refused(() => create(name));
    expect(error).toBeInstanceOf(ArgumentError);
    expect(error.message).toMatch(/^name: .* cannot be part of AWS names\. Write letters, digits and _ \. - only/);
    expect(registered).toEqual([]);
  });
});

it("Components of several classes share no physical name where they are named alike", async () => {
  // Deployed one by one: the mocks tell resources apart by type and name, the engine by their parents' types too.
  const names: string[] = [];
  for (const [, create] of components) names.push(...(await namesOf(() => create("x"))));
  expect(names.length).toBeGreaterThan(60);
  // The provider appends to a prefix what makes it unique.
  expect(twice(names).filter((name) => !name.endsWith("-"))).toEqual([]);
});

it("Components whose metrics are named alike write into namespaces of their own", async () => {
  const { resources } = await deploy(() => {
    for (const name of ["x", "detective-x"]) {
      new DetectionAlarms(name, { logGroupName: "group", alarmTopicArn: topic });
    }
  });
  const namespaces = new Map<string, Set<string>>();
  for (const { inputs, options } of resources) {
    const namespace = (inputs["metricTransformation"] as { namespace: string } | undefined)?.namespace;
    if (namespace) namespaces.set(namespace, (namespaces.get(namespace) ?? new Set()).add(options.parent!));
  }
  expect([...namespaces.values()].map((parents) => [...parents])).toEqual([["x"], ["detective-x"]]);
});
