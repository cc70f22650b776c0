// Proves: which changes match which rule. Does not prove: when DynamoDB removes an item whose time has come.
import type { AttributeValue } from "aws-lambda";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { WatchedRule } from "../../../detections/watchedTable";
import { toItemChange } from "../../../functions/streamMonitor/itemChange";
import { matcherOf } from "../../../functions/streamMonitor/match";
import { type RecordShape, streamRecord } from "./streamRecord";

const answer = (rule: WatchedRule, shape: RecordShape) => matcherOf(rule)(toItemChange(streamRecord(shape)));

describe("guarded attributes", () => {
  const guarded = (attributes: string[], changes: ("INSERT" | "MODIFY" | "REMOVE")[] = ["MODIFY"]): WatchedRule => ({
    kind: "guarded-attributes",
    attributes,
    changes,
  });
  type Image = Record<string, AttributeValue>;
  const daily = (n: string): Image => ({ limits: { M: { daily: { N: n }, weekly: { N: "7" } } } });

  it.each<[string, string, Image, Image, boolean]>([
    ["changed", "status", { status: { S: "a" } }, { status: { S: "b" } }, true],
    ["added", "status", {}, { status: { S: "b" } }, true],
    ["removed", "status", { status: { S: "a" } }, {}, true],
    ["another type", "status", { status: { S: "1" } }, { status: { N: "1" } }, true],
    ["the same", "status", { status: { S: "a" } }, { status: { S: "a" }, other: { S: "b" } }, false],
    ["a set in another order", "roles", { roles: { SS: ["a", "b"] } }, { roles: { SS: ["b", "a"] } }, false],
    ["in neither", "status", { a: { S: "a" } }, { a: { S: "b" } }, false],
    ["inside a map", "limits.daily", daily("1"), daily("2"), true],
    ["beside it in the map", "limits.weekly", daily("1"), daily("2"), false],
    ["the map around it", "limits", daily("1"), daily("2"), true],
    ["the map is gone", "limits.daily", daily("1"), {}, true],
    ["the map became a text", "limits.daily", daily("1"), { limits: { S: "daily" } }, true],
    ["inside a list", "owners[1].id", list("a", "b"), list("a", "c"), true],
    ["elsewhere in the list", "owners[0].id", list("a", "b"), list("a", "c"), false],
    ["a name with dots", "limits.daily", { "limits.daily": { N: "1" } }, { "limits.daily": { N: "2" } }, true],
    ["a name of every object", "constructor", {}, {}, false],
    ["a name of every object, inside", "limits.constructor", daily("1"), daily("2"), false],
  ])("%s", (_, attribute, before, after, expected) => {
    const matched = answer(guarded(["unrelated", attribute]), { before, after });
    expect(matched).toEqual(expected ? { attributes: [attribute] } : "no");
  });

  it("names each that changed", () => {
    const change = { before: { a: { S: "1" }, b: { S: "1" } }, after: { a: { S: "2" } } };
    expect(answer(guarded(["b", "a", "c"]), change)).toEqual({ attributes: ["b", "a"] });
  });

  it("counts an INSERT or a REMOVE of an item that has the attribute, where the settings say so", () => {
    const all = guarded(["status"], ["INSERT", "MODIFY", "REMOVE"]);
    const item = { status: { S: "a" } };
    expect(answer(all, { eventName: "INSERT", after: item })).toEqual({ attributes: ["status"] });
    expect(answer(all, { eventName: "INSERT", after: { other: { S: "a" } } })).toBe("no");
    expect(answer(all, { eventName: "REMOVE", before: item })).toEqual({ attributes: ["status"] });
    expect(answer(guarded(["status"]), { eventName: "REMOVE", before: item })).toBe("no");
    expect(answer(all, { eventName: "REMOVE", before: item, expired: true })).toBe("no");
  });

  it.each<RecordShape>([
    { eventName: "MODIFY", after: { status: { S: "a" } } },
    { eventName: "MODIFY", before: { status: { S: "a" } } },
    { eventName: "INSERT" },
    { eventName: "REMOVE" },
  ])("says that it cannot see: %j", (shape) => {
    expect(answer(guarded(["status"], ["INSERT", "MODIFY", "REMOVE"]), shape)).toBe("no-image");
  });

  it("never sees a difference between an item and itself, and always one where a value was replaced", () => {
    const value = fc.letrec<{ value: AttributeValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.record({ S: fc.string() }),
        fc.record({ SS: fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 4 }) }),
        fc.record({ L: fc.array(tie("value"), { maxLength: 3 }) }),
        fc.record({ M: fc.dictionary(fc.constantFrom("a", "b"), tie("value")) }),
      ),
    })).value;
    fc.assert(
      fc.property(value, (inside) => {
        const shape = (of: AttributeValue) => ({ x: { M: { y: of } } });
        const rule = guarded(["x.y"]);
        const delivered = () => JSON.parse(JSON.stringify(shape(inside))) as Record<string, AttributeValue>;
        expect(answer(rule, { before: delivered(), after: delivered() })).toBe("no");
        const other = { BOOL: true };
        expect(answer(rule, { before: shape(inside), after: shape(other) })).toEqual({ attributes: ["x.y"] });
      }),
    );
  });
});

function list(...ids: string[]): Record<string, AttributeValue> {
  return { owners: { L: ids.map((id) => ({ M: { id: { S: id } } })) } };
}

describe("an expiry that is lowered", () => {
  const rule: WatchedRule = { kind: "expiry-lowered", attribute: "expiresAt", withinSeconds: 86_400 };
  const changedAt = 1_793_577_600; // of streamRecord
  const [hour, year] = [3600, 31_536_000];
  const at = (seconds?: number): Record<string, AttributeValue> =>
    seconds === undefined ? {} : { expiresAt: { N: String(changedAt + seconds) } };

  it.each<[string, number | undefined, number | undefined, boolean]>([
    ["from next year to the past", year, -hour, true],
    ["from none to the past", undefined, -hour, true],
    ["from next year to the next hour", year, hour, true],
    ["to the last moment that is soon", year, 86_400, true],
    ["not soon", year, 86_401, false],
    ["removed", year, undefined, false],
    ["raised from the past", -hour, hour, false],
    ["the same", hour, hour, false],
    ["so far back that DynamoDB leaves the item", year, -6 * year, false],
    ["from so far back to the past", -6 * year, -hour, true],
  ])("%s", (_, before, after, expected) => {
    const matched = answer(rule, { before: at(before), after: at(after) });
    expect(matched).toEqual(expected ? { attributes: ["expiresAt"] } : "no");
  });

  it("needs a number, both images and a MODIFY", () => {
    expect(answer(rule, { before: {}, after: { expiresAt: { S: "1" } } })).toBe("no");
    expect(answer(rule, { before: at(year), after: { expiresAt: { N: "x" } } })).toBe("no");
    expect(answer(rule, { after: at(-hour) })).toBe("no-image");
    expect(answer(rule, { eventName: "INSERT", after: at(-hour) })).toBe("no");
  });
});

describe("counted changes", () => {
  const rule: WatchedRule = { kind: "counted", changes: ["REMOVE"] };
  it.each<[string, RecordShape, unknown]>([
    ["a REMOVE", { eventName: "REMOVE" }, {}],
    ["a removal by time to live", { eventName: "REMOVE", expired: true }, "no"],
    ["an INSERT", { eventName: "INSERT" }, "no"],
  ])("%s", (_, shape, expected) => expect(answer(rule, shape)).toEqual(expected));
});
