// Proves: the same answers, asked for once while they are remembered. Does not prove: that it is worth it (bench/).
import { expect, it } from "vitest";
import { remembering } from "../../../functions/detector/remembering";

it("answers the same, and asks once, also where the answer is undefined", () => {
  const asked: string[] = [];
  const answer = remembering((text) => {
    asked.push(text);
    return text === "nothing" ? undefined : text.length;
  });
  const texts = ["a", "nothing", "constructor", "a", "nothing", "constructor"];
  expect(texts.map(answer)).toEqual([1, undefined, 11, 1, undefined, 11]);
  expect(asked).toEqual(texts.slice(0, 3));
});

it("remembers no more than so many", () => {
  let asked = 0;
  const answer = remembering((text) => `${text}${asked++ < 0}`, 2);
  for (const text of ["a", "b", "a", "b"]) answer(text);
  expect(asked).toBe(2);
  for (const text of ["c", "a"]) answer(text);
  expect(asked).toBe(4);
});
