import { describe, expect, it } from "vitest";
import {
  countsOfHeaders,
  countsOfMetrics,
  isIntervened,
  pointed,
  toUsage,
  traceOf,
} from "../../../../src/bedrock/surfaces/native-facts.ts";

describe("what AWS counts", () => {
  it("stands in headers of a whole answer", () => {
    expect(
      countsOfHeaders({
        "x-amzn-bedrock-input-token-count": "7",
        "x-amzn-bedrock-output-token-count": "0",
        "x-amzn-bedrock-cache-read-input-token-count": "2",
        "x-amzn-bedrock-cache-write-input-token-count": "1",
        "content-length": "9",
      }),
    ).toEqual({ inputTokens: 7, outputTokens: 0, cacheReadInputTokens: 2, cacheWriteInputTokens: 1 });
  });

  it("stands in the last chunk of a stream", () => {
    expect(countsOfMetrics({ inputTokenCount: 7, outputTokenCount: 0, invocationLatency: 5 })).toEqual({
      inputTokens: 7,
      outputTokens: 0,
    });
  });

  it.each([{}, { "x-amzn-bedrock-input-token-count": "many" }])(
    "is nothing where it is no number: %j",
    (headers) => {
      expect(countsOfHeaders(headers)).toEqual({});
    },
  );

  it.each([undefined, null, {}, { inputTokenCount: null }])("is nothing in %j", (metrics) => {
    expect(countsOfMetrics(metrics)).toEqual({});
  });
});

describe("usage", () => {
  it("is what the body counts, then what AWS counts, and the sum of both sides", () => {
    expect(toUsage({ outputTokens: 3 }, { inputTokens: 7, outputTokens: 9 })).toEqual({
      inputTokens: 7,
      outputTokens: 3,
      totalTokens: 10,
    });
  });

  it("has a total that counts cached tokens too, whatever a body has summed up", () => {
    expect(toUsage({ inputTokens: 1, outputTokens: 2, totalTokens: 3, cacheReadInputTokens: 4 })).toEqual({
      inputTokens: 1,
      outputTokens: 2,
      totalTokens: 7,
      cacheReadInputTokens: 4,
    });
  });

  it("is nothing where nobody counts", () => {
    expect(toUsage(undefined, {})).toEqual({ inputTokens: 0, outputTokens: 0, totalTokens: 0 });
  });
});

describe("a guardrail's verdict", () => {
  it("is one of AWS's words beside the answer", () => {
    expect(isIntervened({ "amazon-bedrock-guardrailAction": "INTERVENED" })).toBe(true);
    expect(isIntervened({ "amazon-bedrock-guardrailAction": "NONE" })).toBe(false);
    expect(isIntervened({})).toBe(false);
    expect(traceOf({ "amazon-bedrock-trace": { guardrail: {} } })).toEqual({ guardrail: {} });
    expect(traceOf({})).toBeUndefined();
  });
});

describe("JSON pointers", () => {
  const body = { a: { b: [1, { c: null }], "x/y": 2, "m~n": 3 }, zero: 0, off: false };

  it.each<[string[], object]>([
    [["/a/b/0"], { a: { b: { 0: 1 } } }],
    [["/a/b/1/c"], { a: { b: { 1: { c: null } } } }],
    [["/a/x~1y", "/a/m~0n"], { a: { "x/y": 2, "m~n": 3 } }],
    [["/zero", "/off"], { zero: 0, off: false }],
    [["/a/none", "/none", "/a/b/7", "/zero/0", "/toString"], {}],
    [[], {}],
  ])("find %j", (paths, found) => {
    expect(pointed(body, paths)).toEqual(found);
  });

  it("put no hand on what every object has", () => {
    const poisoned = JSON.parse('{"__proto__":{"polluted":1}}') as Record<string, unknown>;
    const found = pointed(poisoned, ["/__proto__/polluted"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(JSON.stringify(found)).toBe('{"__proto__":{"polluted":1}}');
  });

  it("touch nothing of the answer", () => {
    const frozen = Object.freeze({ a: Object.freeze({ b: 1, c: 2 }) });
    expect(pointed(frozen, ["/a", "/a/b"])).toEqual({ a: { b: 1, c: 2 } });
  });
});
