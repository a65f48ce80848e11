import { expect, it } from "vitest";
import { readChecks } from "../../../src/moderations/read-checks.ts";

const ALL = { HATE: 0, INSULTS: 0, SEXUAL: 0, VIOLENCE: 0, MISCONDUCT: 0 };
const answer = (scores: object) => ({
  results: {
    contentFilter: {
      results: Object.entries(scores).map(([category, severityScore]) => ({ category, severityScore })),
    },
  },
});
const checks = (scores: object) => readChecks(answer({ ...ALL, ...scores }));

it("keeps AWS's severities as scores, in OpenAI's words", () => {
  const { findings, looked } = checks({ HATE: 0.2, INSULTS: 0.4, SEXUAL: 0.6, VIOLENCE: 0.8, MISCONDUCT: 1 });
  expect(looked).toEqual(["text"]);
  expect(Object.fromEntries(findings)).toEqual({
    hate: { flagged: false, score: 0.2 },
    harassment: { flagged: false, score: 0.4 },
    sexual: { flagged: true, score: 0.6 },
    violence: { flagged: true, score: 0.8 },
    illicit: { flagged: true, score: 1 },
  });
});

it.each([
  [0, false],
  [0.4, false],
  [0.5, true],
  [0.6, true],
])("flags from one half on: %d", (score, flagged) => {
  expect(checks({ SEXUAL: score }).flagged).toBe(flagged);
});

it.each([
  [undefined],
  [null],
  ["text"],
  [{}],
  [{ results: {} }],
  [{ results: { contentFilter: { results: [] } } }],
  [{ results: { contentFilter: { results: {} } } }],
  [answer({ HATE: 0, INSULTS: 0, SEXUAL: 0, VIOLENCE: 0 })],
  [answer({ ...ALL, HATE: "0" })],
  [answer({ ...ALL, HATE: -1 })],
  [answer({ ...ALL, HATE: Number("1e999") })],
  [answer({ HATE: 0, INSULTS: 0, SEXUAL: 0, VIOLENCE: 0, constructor: 0 })],
])("never takes for harmless what is not told of: %j", (value) => {
  expect(() => readChecks(value)).toThrow(expect.objectContaining({ status: 502, code: "empty_response" }));
});

it("takes what is told twice for the worst of it, in whatever order", () => {
  const { results } = answer(ALL).results.contentFilter;
  const worst = { category: "HATE", severityScore: 1 };
  for (const told of [
    [worst, ...results],
    [...results, worst],
  ]) {
    const { flagged, findings } = readChecks({ results: { contentFilter: { results: told } } });
    expect([flagged, findings.get("hate")]).toEqual([true, { flagged: true, score: 1 }]);
  }
});
