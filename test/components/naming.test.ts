// Proves: that physical names contain project and stack, that no two of different project, stack, component or suffix are
// alike, and that they keep AWS's lengths and alphabets. Does not prove: that AWS accepts a name.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Names, type PhysicalKind } from "../../components/naming";

const names = (component: string, project = "detective", stack = "prod") => new Names(component, project, stack);

describe("Names", () => {
  it("derives logical names from the component", () => {
    expect(names("audit").child("trail")).toBe("audit-trail");
    expect(names("audit").child("key", "alias")).toBe("audit-key-alias");
  });

  it.each([
    ["a component of its own", "audit", /^detective-prod-audit-[0-9a-z]{6}-delivery$/],
    ["a component named after the project", "detective", /^detective-prod-[0-9a-z]{6}-delivery$/],
    [
      "one whose name holds the project's within",
      "my-detective-logs",
      /^detective-prod-my-detective-logs-[0-9a-z]{6}-delivery$/,
    ],
    ["a part of one named after the project", "detective-logs", /^detective-prod-logs-[0-9a-z]{6}-delivery$/],
  ])("says project and stack once: %s", (_, component, expected) => {
    expect(names(component).physical("role", "delivery")).toMatch(expected);
  });

  it("lets all names of a component begin alike, and end with their suffix", () => {
    const detections = names("detections");
    const [high, low] = [detections.physical("alarm", "high", "a"), detections.physical("alarm", "low", "b")];
    expect(high.replace(/high-a$/, "")).toBe(low.replace(/low-b$/, ""));
    expect(detections.physical("function")).toBe(high.replace(/-high-a$/, ""));
  });

  it("is the same on every machine", () => {
    expect(names("audit").physical("trail")).toBe("detective-prod-audit-20x2d2");
  });

  it("ends a prefix with a dash", () => {
    expect(names("audit").physical("bucketPrefix", "logs")).toMatch(/^detective-prod-audit-[0-9a-z]{6}-logs-$/);
    expect(names("audit").physical("logGroupPrefix", "events")).toMatch(/^detective-prod-audit-[0-9a-z]{6}-events-$/);
  });

  it("keeps to the alphabet of a bucket", () => {
    expect(names("Audit", "My.Project", "Team_A").physical("bucketPrefix", "logs")).toMatch(
      /^my-project-team-a-audit-[0-9a-z]{6}-logs-$/,
    );
  });

  it("keeps project, stack and purpose of the default program's buckets", () => {
    const prefix = names("dynamodb-detective-streams-failures", "dynamodb-detective", "dev");
    expect(prefix.physical("bucketPrefix", "failed")).toMatch(/^dynamodb-detective-dev-[0-9a-z]{6}-failed-$/);
  });

  it("shortens what AWS would refuse, and keeps it telling", () => {
    const long = names("audit", "a-project-with-a-long-name", "production-europe").physical("bucketPrefix", "logs");
    expect(long).toMatch(/^a-project-wit-production-[0-9a-z]{6}-logs-$/);
    expect(long.length).toBeLessThanOrEqual(37);
  });

  it("leaves the tag out of a prefix rather than cut project and stack: the provider makes it unique", () => {
    const prefix = names("dynamodb-detective-trail", "dynamodb-detective", "production");
    expect(prefix.physical("bucketPrefix", "logs")).toBe("dynamodb-detective-production-logs-");
  });

  it("gives metrics a namespace per component", () => {
    expect(names("detections").metricNamespace()).toBe("detective/prod/detections");
    expect(names("detective").metricNamespace()).toBe("detective/prod/detective");
  });

  it("shortens a namespace that CloudWatch would refuse", () => {
    const [one, other] = ["a", "b"].map((end) =>
      names(`${"c".repeat(100)}${end}`, "p".repeat(100), "s".repeat(100)).metricNamespace(),
    );
    expect(one!.length).toBeLessThanOrEqual(255);
    expect(one).toMatch(/^p+-s+-[0-9a-z]{6}$/);
    expect(one).not.toBe(other);
    // The longest that fits is not touched.
    const fits = names("c".repeat(253 - 100 - 100), "p".repeat(100), "s".repeat(100)).metricNamespace();
    expect(fits).toHaveLength(255);
    expect(fits).toContain("/");
  });

  it.each(["", " ", "a b", "a*", "a/b", "a:b", "a$", "-", "ä", "a\nb"])("refuses a component named %j", (component) => {
    expect(() => names(component)).toThrow(
      `name: ${JSON.stringify(component)} cannot be part of AWS names. Write letters, digits and _ . - only`,
    );
  });

  it("refuses what is no text", () => {
    expect(() => names(5 as unknown as string)).toThrow("name: 5 cannot be part of AWS names.");
  });
});

/** Longest names, as AWS documents them; prefixes leave 26 characters to the provider. */
const lengths: Record<PhysicalKind, number> = {
  alarm: 255,
  bucketPrefix: 37,
  chatConfiguration: 128,
  configName: 256,
  configRule: 128,
  eventBus: 256,
  eventRule: 64,
  function: 64,
  keyAlias: 250,
  logGroupPrefix: 486,
  metricFilter: 512,
  metricNamespace: 255,
  queue: 80,
  role: 64,
  ssmDocument: 128,
  subscriptionFilter: 512,
  tablePrefix: 246,
  topic: 256,
  trail: 128,
};

describe("physical names of any kind", () => {
  const kinds = Object.keys(lengths) as PhysicalKind[];
  const kind = fc.constantFrom(...kinds);
  /** What Pulumi takes as the name of a project or stack, and this project as that of a component. */
  const word = fc.stringMatching(/^[A-Za-z0-9_.-]{0,99}[A-Za-z0-9]$/);
  const suffix = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}[a-z0-9]$/);

  it("keep AWS's lengths and alphabets, and their suffix", () => {
    fc.assert(
      fc.property(word, word, word, kind, suffix, (project, stack, component, kind, suffix) => {
        const plain = suffix.replace(/-+/g, "-");
        const name = new Names(component, project, stack).physical(kind, plain);
        expect(name.length).toBeLessThanOrEqual(lengths[kind]);
        // CloudTrail wants no two dashes together, and letters or digits at both ends.
        expect(name).toMatch(/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*-?$/);
        expect(name.endsWith("-")).toBe(kind.endsWith("Prefix"));
        if (kind === "bucketPrefix") expect(name).toBe(name.toLowerCase());
        if (plain.length <= 18) expect(name.replace(/-$/, "")).toMatch(new RegExp(`-${plain}$`));
      }),
    );
  });

  // Alarms leave room: see below.
  it.each(kinds.filter((kind) => kind !== "alarm"))(
    "are as long as AWS allows where there is more to say: %s",
    (kind) => {
      const long = new Names("c".repeat(600), "p".repeat(600), "s".repeat(600)).physical(kind, "suffix");
      expect(long).toHaveLength(lengths[kind]);
      const table = new Names("streams", "p".repeat(100), "s".repeat(100)).physical(kind, "t".repeat(600));
      expect(table).toHaveLength(lengths[kind]);
      expect(table).toMatch(/^p+-s+-[0-9a-z]{6}-t+-?$/);
    },
  );

  it.each<[string, Parts, Parts]>([
    ["a component with and without the project's name", ["p", "s", "x", "y"], ["p", "s", "p-x", "y"]],
    ["dashes that fall together", ["a-b", "c", "x", "y"], ["a", "b-c", "x", "y"]],
    ["a component that ends as another's suffix begins", ["p", "s", "x", "y-z"], ["p", "s", "x-y", "z"]],
    ["a component that holds the stack's end", ["p", "s-t", "x", "y"], ["p", "s", "t-x", "y"]],
    ["punctuation in the stack", ["p", "eu.prod", "x", "y"], ["p", "eu-prod", "x", "y"]],
    ["punctuation in the component", ["p", "s", "x_y", "z"], ["p", "s", "x.y", "z"]],
    ["punctuation in the suffix", ["p", "s", "x", "orders.old"], ["p", "s", "x", "orders-old"]],
    ["capitals", ["p", "s", "Audit", "y"], ["p", "s", "audit", "y"]],
    ["long suffixes", ["p", "s", "x", `${"t".repeat(600)}1`], ["p", "s", "x", `${"t".repeat(600)}2`]],
    ["long stacks", ["p", `${"s".repeat(600)}1`, "x", "y"], ["p", `${"s".repeat(600)}2`, "x", "y"]],
  ])("are never shared: %s", (_, one, other) => {
    for (const kind of kinds) expect(nameOf(kind, one)).not.toBe(nameOf(kind, other));
    const owners = [one, other].map((parts) => parts.slice(0, 3).join("/"));
    if (owners[0] !== owners[1]) expect(namespaceOf(one)).not.toBe(namespaceOf(other));
  });

  it("are never shared, whatever dashes and dots are where", () => {
    const part = fc.stringMatching(/^[ab](-?[ab.]){0,3}$/);
    const parts = fc.tuple(part, part, part, part);
    fc.assert(
      fc.property(parts, parts, kind, (one, other, kind) => {
        fc.pre(one.join("/") !== other.join("/"));
        expect(nameOf(kind, one)).not.toBe(nameOf(kind, other));
      }),
      { numRuns: 5000 },
    );
  });
});

describe("names of alarms", () => {
  const word = fc.stringMatching(/^[A-Za-z0-9_.-]{0,120}[A-Za-z0-9]$/);
  const suffix = fc.stringMatching(/^[A-Za-z0-9_.-]{1,255}$/);

  it("begin with what is the component's alone, whatever their suffix", () => {
    fc.assert(
      fc.property(word, word, word, word, suffix, (project, stack, component, another, suffix) => {
        const own = new Names(component, project, stack);
        expect(own.physical("alarm", "health", suffix).startsWith(own.alarmPrefix())).toBe(true);
        fc.pre(component !== another);
        const theirs = new Names(another, project, stack).physical("alarm", "health", suffix);
        expect(theirs.startsWith(own.alarmPrefix())).toBe(false);
      }),
    );
  });

  it("leave at least 100 characters to the suffix", () => {
    const long = new Names("c".repeat(100), "p".repeat(100), "s".repeat(100));
    expect(long.physical("alarm", "t".repeat(100))).toBe(`${long.alarmPrefix()}${"t".repeat(100)}`);
    expect(long.alarmPrefix()).toMatch(/^p+-s+-[0-9a-z]{6}-$/);
  });

  it("end with a tag where the suffix is not what was written", () => {
    const { length } = names("streams").alarmPrefix();
    const suffixOf = (written: string) => names("streams").physical("alarm", written).slice(length);
    expect(suffixOf("orders-old")).toBe("orders-old");
    expect(suffixOf("orders.old")).toMatch(/^orders-old-[0-9a-z]{6}$/);
    expect(suffixOf("t".repeat(600))).toMatch(/^t+-[0-9a-z]{6}$/);
    expect(names("streams").physical("alarm", "t".repeat(600))).toHaveLength(255);
  });
});

/** Project, stack, component, suffix. */
type Parts = [project: string, stack: string, component: string, suffix: string];

const nameOf = (kind: PhysicalKind, [project, stack, component, suffix]: Parts): string =>
  new Names(component, project, stack).physical(kind, suffix);

const namespaceOf = ([project, stack, component]: Parts): string =>
  new Names(component, project, stack).metricNamespace();
