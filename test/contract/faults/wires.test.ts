import { beforeAll, describe, expect, it } from "vitest";
import { answer } from "./acts/say.ts";
import type { End, Fault } from "./fault.ts";
import { FAULTS } from "./faults.ts";
import { meet, type Speaking } from "./meet.ts";
import { inAnthropicWords, MESSAGES, RESPONSES } from "./speaking.ts";

/** What docs/faults.md tells of chat holds for every wire, each in its own words. */

/** Of several spellings the first: they are told apart before any wire hears of them. */
const ONCE: readonly Fault[] = [
  ...new Map(
    Object.values(FAULTS)
      .flat()
      .toReversed()
      .map((fault) => [fault.what, fault]),
  ).values(),
];

const asIs = (end: End): string => end;

describe.each<[string, Speaking, (end: End) => string]>([
  ["responses", RESPONSES, asIs],
  ["Anthropic's messages", MESSAGES, inAnthropicWords],
])("%s: an AWS that", (_, speaking, said) => {
  // The SDK takes longer to load than the timeouts of some faults.
  beforeAll(() => meet({ what: "answers", act: answer, ends: {} }, "whole", undefined, speaking));

  describe.each(ONCE.map((fault) => [fault.what, fault] as const))("%s", (_, fault) => {
    const ways = (["whole", "stream"] as const).filter((way) => fault.ends[way]);
    it.each(ways)("%s", async (way) => {
      expect(await meet(fault, way, undefined, speaking)).toBe(said(fault.ends[way]!));
    });
  });
});
