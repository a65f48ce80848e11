import { expect, it } from "vitest";
import { knownNames } from "../../../src/record/telemetry/known-names.ts";

it("names are told apart once they were answered, and only so many", () => {
  const nameOf = knownNames(2);
  expect([nameOf("a", false), nameOf("a", true), nameOf("a", false)]).toEqual([undefined, "a", "a"]);
  expect([nameOf("b", true), nameOf("c", true), nameOf("b", false)]).toEqual(["b", undefined, "b"]);
});
