import { beforeAll, describe, expect, it } from "vitest";
import { answer } from "./acts/say.ts";
import { type Fault, WAYS } from "./fault.ts";
import { meet } from "./meet.ts";

/** As a test is called that meets it. */
export const nameOf = ({ what, spelled }: Fault): string =>
  spelled === undefined ? what : `${what}: ${spelled}`;

/** Every fault in every way that can meet it. */
export function allEnd(faults: readonly Fault[]): void {
  // The SDK takes longer to load than the timeouts of some faults.
  beforeAll(() => meet({ what: "answers", act: answer, ends: { whole: "the answer" } }, "whole"));
  const named = faults.map((fault) => ({ ...fault, name: nameOf(fault) }));
  describe.each(named)("$name", (fault) => {
    const ways = WAYS.filter((way) => fault.ends[way]);
    it.each(ways)("%s", async (way) => {
      expect(await meet(fault, way)).toBe(fault.ends[way]);
    });
  });
}
