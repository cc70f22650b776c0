// Proves: that a wrong argument is answered with its name and the problem.
import { describe, expect, it } from "vitest";
import { ArgumentError } from "../../components/argumentError";

describe("ArgumentError", () => {
  it("names the argument and the problem", () => {
    const error = new ArgumentError("detections.table-scanned.threshold", "-1 is not a whole number of 0 or more.");
    expect(error.message).toBe("detections.table-scanned.threshold: -1 is not a whole number of 0 or more.");
    expect(error).toMatchObject({ name: "ArgumentError", argument: "detections.table-scanned.threshold" });
  });
});
