// Proves: an event without one of the required values never matches. Does not prove: that every pattern which requires a
// value is recognised; an unrecognised one is only slower.
import { describe, expect, it } from "vitest";
import { catalog, compileDetection, isStateful, parseFilterPattern, requiredValues } from "../../../detections";

describe("required values of a field", () => {
  it.each([
    ['{ $.s = "a" }', ["a"]],
    ['{ $.s = "a" && $.n = "x" }', ["a"]],
    ['{ $.n = "x" && ($.s = "a" || $.s = "b") }', ["a", "b"]],
    ['{ ($.s = "a" && $.n = "x") || ($.s = "b" && $.n = "y") }', ["a", "b"]],
    ['{ $.s = "a" || $.n = "x" }', undefined],
    ['{ $.s != "a" }', undefined],
    ['{ $.s = "a*" }', undefined],
    ["{ $.s = %a% }", undefined],
    ['{ $.s.t = "a" }', undefined],
    ['{ $.s[0] = "a" }', undefined],
    ['{ $.s = "*a" }', undefined],
    ["{ $.s = 5 }", undefined],
    ["{ $.s = a }", ["a"]],
    ["{ $.s NOT EXISTS }", undefined],
    ['{ $.* = "a" }', undefined],
  ])("%s", (pattern, values) => {
    const found = requiredValues(parseFilterPattern(pattern), "s");
    expect(found && [...found]).toEqual(values);
  });

  it("is known of every pattern of the catalog: few filters are asked about an event", () => {
    for (const detection of catalog.filter((each) => !isStateful(each))) {
      for (const { pattern } of compileDetection(detection).filters) {
        expect(requiredValues(parseFilterPattern(pattern), "eventSource"), detection.id).toBeDefined();
      }
    }
  });
});
