// Proves: that physical names contain project and stack, differ between stacks and components, and keep AWS's lengths
// and alphabets. Does not prove: that AWS accepts a name.
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
    ["a component of its own", "audit", "detective-prod-audit-trail"],
    ["a component named after the project", "detective", "detective-prod-trail"],
    ["one whose name holds the project's within", "my-detective-logs", "detective-prod-my-detective-logs-trail"],
    ["a part of one named after the project", "detective-logs", "detective-prod-logs-trail"],
  ])("says project and stack once: %s", (_, component, expected) => {
    expect(names(component).physical("trail", "trail")).toBe(expected);
  });

  it("ends a prefix with a dash", () => {
    expect(names("audit").physical("bucketPrefix", "logs")).toBe("detective-prod-audit-logs-");
    expect(names("audit").physical("logGroupPrefix", "events")).toBe("detective-prod-audit-events-");
  });

  it("keeps to the alphabet of a bucket", () => {
    expect(names("Audit", "My.Project", "Team_A").physical("bucketPrefix", "logs")).toBe(
      "my-project-team-a-audit-logs-",
    );
  });

  it("leaves the component out of a prefix that would be too long", () => {
    const prefix = names("streams", "dynamodb-detective", "prod").physical("bucketPrefix", "failures");
    expect(prefix).toBe("dynamodb-detective-prod-failures-");
  });

  it("shortens what AWS would refuse, and keeps it telling", () => {
    const long = names("audit", "a-project-with-a-long-name", "production-europe").physical("bucketPrefix", "logs");
    expect(long).toMatch(/^a-project-wit-production-e-[0-9a-f]{4}-logs-$/);
    expect(long.length).toBeLessThanOrEqual(37);
  });

  it("gives metrics a namespace per component", () => {
    expect(names("detections").metricNamespace()).toBe("detective/prod/detections");
    expect(names("detective").metricNamespace()).toBe("detective/prod");
  });

  const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.-]{0,60}[A-Za-z0-9]$/);
  const kind = fc.constantFrom<PhysicalKind>("bucketPrefix", "role", "function", "alarm", "topic", "queue", "trail");

  it("never exceeds a limit, and is the same on every run", () => {
    const limits = { bucketPrefix: 37, role: 64, function: 64, alarm: 255, topic: 256, queue: 80, trail: 128 };
    fc.assert(
      fc.property(word, word, word, kind, (project, stack, component, kind) => {
        const name = new Names(component, project, stack).physical(kind, "suffix");
        expect(name.length).toBeLessThanOrEqual(limits[kind as keyof typeof limits]);
        expect(name).toBe(new Names(component, project, stack).physical(kind, "suffix"));
        expect(name).toContain("suffix");
      }),
    );
  });

  it("differs between stacks whose names differ in more than punctuation", () => {
    const plain = fc.stringMatching(/^[a-z]{1,40}$/);
    fc.assert(
      fc.property(plain, plain, plain, kind, (project, one, other, kind) => {
        fc.pre(one !== other);
        const of = (stack: string) => new Names("audit", project, stack).physical(kind, "suffix");
        expect(of(one)).not.toBe(of(other));
      }),
    );
  });
});
