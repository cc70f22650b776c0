// Proves: the content filters of SNS filter policies and EventBridge patterns, operator by operator. Does not prove: the
// operators that it refuses by name.
import { describe, expect, it } from "vitest";
import { type Filter, filterProblem, matchesFilter } from "../../../simulation/delivery/contentFilter";

describe("content filters", () => {
  it.each<[string, Filter, unknown[], unknown[]]>([
    ["exact", { a: ["x", 1, null] }, [{ a: "x" }, { a: 1 }, { a: null }], [{ a: "y" }, { a: "1" }, {}]],
    ["two fields", { a: ["x"], b: ["y"] }, [{ a: "x", b: "y" }], [{ a: "x" }, { a: "x", b: "z" }]],
    ["nested", { a: { b: ["x"] } }, [{ a: { b: "x" } }], [{ a: "x" }, { a: { c: "x" } }, {}]],
    ["an array holds it", { a: ["x"] }, [{ a: ["w", "x"] }], [{ a: ["w"] }, { a: [] }]],
    ["an object of an array", { a: { b: ["x"] } }, [{ a: [{ b: "w" }, { b: "x" }] }], [{ a: [{ b: "w" }] }]],
    ["prefix", { a: [{ prefix: "x" }] }, [{ a: "xy" }], [{ a: "yx" }, { a: 1 }, {}]],
    ["prefix, any case", { a: [{ prefix: { "equals-ignore-case": "x" } }] }, [{ a: "Xy" }], [{ a: "yx" }]],
    ["suffix", { a: [{ suffix: "x" }] }, [{ a: "yx" }], [{ a: "xy" }]],
    ["suffix, any case", { a: [{ suffix: { "equals-ignore-case": "x" } }] }, [{ a: "yX" }], [{ a: "xy" }]],
    ["any case", { a: [{ "equals-ignore-case": "X" }] }, [{ a: "x" }], [{ a: "xx" }]],
    ["wildcard", { a: [{ wildcard: "x*.z" }] }, [{ a: "xy.z" }, { a: "x.z" }], [{ a: "xyz" }, { a: "x.z!" }]],
    ["anything but", { a: [{ "anything-but": "x" }] }, [{ a: "y" }, { a: 1 }], [{ a: "x" }, {}]],
    ["anything but several", { a: [{ "anything-but": ["x", "y"] }] }, [{ a: "z" }], [{ a: "y" }]],
    ["anything but a prefix", { a: [{ "anything-but": { prefix: "x" } }] }, [{ a: "y" }], [{ a: "xy" }]],
    ["numeric", { a: [{ numeric: [">", 1, "<=", 3] }] }, [{ a: 2 }, { a: 3 }], [{ a: 1 }, { a: 4 }, { a: "2" }]],
    ["numeric equal", { a: [{ numeric: ["=", 1] }] }, [{ a: 1 }], [{ a: 2 }]],
    ["numeric less", { a: [{ numeric: ["<", 1] }] }, [{ a: 0 }], [{ a: 1 }]],
    ["numeric at least", { a: [{ numeric: [">=", 1] }] }, [{ a: 1 }], [{ a: 0 }]],
    ["exists", { a: [{ exists: true }] }, [{ a: "" }, { a: null }], [{}]],
    ["does not exist", { a: [{ exists: false }] }, [{}, { b: 1 }], [{ a: 1 }]],
    ["one of fields", { $or: [{ a: ["x"] }, { b: ["y"] }] }, [{ a: "x" }, { b: "y" }], [{ a: "y" }]],
    ["inherited names", { toString: [{ exists: false }] }, [{}], []],
  ])("%s", (_, filter, matching, others) => {
    expect(filterProblem(filter)).toBeUndefined();
    expect(matching.filter((content) => !matchesFilter(filter, content))).toEqual([]);
    expect(others.filter((content) => matchesFilter(filter, content))).toEqual([]);
  });

  it.each<[unknown, string]>([
    [{ a: [{ cidr: "10.0.0.0/8" }] }, 'the operator "cidr" is not simulated'],
    [{ a: { b: [{ "anything-but": { cidr: "10.0.0.0/8" } }] } }, 'the operator "cidr" is not simulated'],
    [{ $or: [{ a: ["x"] }, { b: [{ cidr: "x" }] }] }, 'the operator "cidr" is not simulated'],
    [{ $or: { a: ["x"] } }, "$or takes a list"],
    [{ a: [{ prefix: "x", suffix: "y" }] }, 'one operator belongs into {"prefix":"x","suffix":"y"}'],
    [{ a: [{}] }, "one operator belongs into {}"],
    [{ a: [["x"]] }, 'a condition is no list: ["x"]'],
    [{ a: [{ numeric: 1 }] }, "numeric takes a list, not 1"],
    [{ a: "x" }, 'a filter is an object, not "x"'],
    [["x"], 'a filter is an object, not ["x"]'],
    [null, "a filter is an object, not null"],
  ])("of %j says what is wrong", (filter, problem) => expect(filterProblem(filter)).toContain(problem));
});
