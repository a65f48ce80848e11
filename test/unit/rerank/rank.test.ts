import { expect, it } from "vitest";
import type { OperationCall } from "../../../src/bedrock/operations.ts";
import type { CallContext } from "../../../src/context.ts";
import { NO_ATTACHMENTS } from "../../../src/http/attachments.ts";
import { createRecord } from "../../../src/record/record.ts";
import { rank } from "../../../src/rerank/rank.ts";

const CALL: OperationCall = {
  place: { modelId: "m", family: "m", region: undefined, account: undefined },
  body: { queries: [] },
  attachments: NO_ATTACHMENTS,
};

/** Answers page after page, the last one for ever. */
function asked(...pages: number[][]) {
  const bodies: object[] = [];
  const operate = async ({ body }: OperationCall): Promise<object> => {
    bodies.push(body);
    const page = pages[bodies.length - 1] ?? pages.at(-1)!;
    const results = page.map((index) => ({ index, relevanceScore: 0.5 }));
    const text = JSON.stringify({ results, nextToken: `to ${bodies.length}` });
    return { requestId: "1", headers: {}, bytes: new Uint8Array(), text };
  };
  const context = {
    bedrock: { operate, regionOf: async () => "us-east-1" },
    signal: new AbortController().signal,
    headers: {},
    record: createRecord(),
    patience: { tries: 1, isLast: true },
  };
  return { bodies, context: context as unknown as CallContext };
}

it("asks for the next page with the token of the last one", async () => {
  const { bodies, context } = asked([2, 0], [1]);
  const { scores } = await rank(context, CALL, 3);
  expect(scores.map(({ index }) => index)).toEqual([2, 0, 1]);
  expect(bodies).toEqual([CALL.body, { ...CALL.body, nextToken: "to 1" }]);
});

it.each([
  ["the same page", [0]],
  ["one of its documents", [1, 0]],
  ["nothing", []],
])("asks no more where %s comes again: every page is the whole request once more", async (_, again) => {
  const { bodies, context } = asked([0], again);
  await expect(rank(context, CALL, 1000)).rejects.toMatchObject({ status: 502, code: "empty_response" });
  expect(bodies).toHaveLength(2);
});

it("is read to its end, however much AWS says", async () => {
  const { context } = asked(Array.from({ length: 300_000 }, (_, index) => index));
  expect((await rank(context, CALL, 1)).scores).toHaveLength(300_000);
});
