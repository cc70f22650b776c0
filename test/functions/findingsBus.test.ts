// Proves: every finding is taken by the bus or reported as not taken. Does not prove: EventBridge.
import { describe, expect, it } from "vitest";
import type { Finding } from "../../functions/finding";
import { FindingsBus } from "../../functions/findingsBus";

const finding = (id: string): Finding => ({
  id,
  detection: "d",
  title: "t",
  severity: "high",
  time: "2026-01-05T10:00:00.000Z",
  account: "1",
  region: "r",
  summary: "s",
  actors: [],
  tables: [],
  events: [],
  count: 1,
});

/** `refuses`: how often each entry is refused before it is taken. */
function bus(refuses: number | Error) {
  const taken: string[] = [];
  const attempts = new Map<string, number>();
  const sizes: number[] = [];
  const client = {
    send: async ({
      input,
    }: {
      input: { Entries: { Detail: string; EventBusName: string; DetailType: string; Source: string }[] };
    }) => {
      if (refuses instanceof Error) throw refuses;
      sizes.push(input.Entries.length);
      return {
        Entries: input.Entries.map(({ Detail, ...envelope }) => {
          expect(envelope).toMatchObject({
            EventBusName: "bus",
            DetailType: "DynamoDB Finding",
            Source: "dynamodb-detective",
          });
          const { id } = JSON.parse(Detail) as Finding;
          const attempt = (attempts.get(id) ?? 0) + 1;
          attempts.set(id, attempt);
          if (attempt <= refuses) return { ErrorCode: "ThrottlingException" };
          taken.push(id);
          return { EventId: id };
        }),
      };
    },
  };
  return { bus: new FindingsBus(client as never, "bus", async () => {}), taken, sizes };
}
const ids = Array.from({ length: 23 }, (_, i) => `f${i}`);

describe("findings", () => {
  it.each([0, 1, 3])("are all taken, each once, where entries are refused %i times", async (refuses) => {
    const { bus: one, taken, sizes } = bus(refuses);
    await one.put(ids.map(finding));
    expect(taken.sort()).toEqual([...ids].sort());
    expect(Math.max(...sizes)).toBe(10);
  });

  it("that are refused to the end are an error", async () => {
    await expect(bus(4).bus.put(ids.map(finding))).rejects.toThrow(
      "23 findings were not taken by the event bus: ThrottlingException",
    );
    await expect(bus(new Error("no network")).bus.put([finding("a")])).rejects.toThrow("1 findings were not taken");
  });

  it("none are no call", async () => {
    const { bus: one, sizes } = bus(0);
    await one.put([]);
    expect(sizes).toEqual([]);
  });
});
