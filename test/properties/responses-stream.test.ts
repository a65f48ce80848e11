import * as fc from "fast-check";
import OpenAI from "openai";
import OpenAI6 from "openai6";
import { describe, expect, it } from "vitest";
import { readConverseEvents } from "../../src/bedrock/courier/stream-events.ts";
import type { CallContext } from "../../src/context.ts";
import { asEvents } from "../../src/conversation/as-events.ts";
import { toResponseFrames } from "../../src/wires/responses/frames.ts";
import { openResponse } from "../../src/wires/responses/reply/opening.ts";
import { createReply, type Reply } from "../../src/wires/responses/reply/reply.ts";
import { tellStream, tellWhole } from "../../src/wires/responses/reply/tell.ts";
import { anyStream, bytesOf, brokenStream, orderlyStream, splitStream } from "../support/answer-streams.ts";
import { assertSchema } from "../support/openai-schema.ts";
import { TOOLS } from "../support/response-answers.ts";
import { checkResponseEvents, eventsOf } from "../support/response-events.ts";

/** Ids are counted, and what is sealed can be read: two answers to the same are the same. */
function reply(): Reply {
  let ids = 0;
  const opening = openResponse({ model: "m" }, { id: "resp_1", createdAt: 1, model: "m" });
  return createReply(opening, {
    form: { tools: TOOLS },
    newId: (prefix) => `${prefix}${(ids += 1)}`,
    seal: (blocks) => JSON.stringify(blocks),
    maxToolCalls: undefined,
    now: () => 2,
  });
}

/** As much of a call as telling its answer needs. */
function calling(): { context: CallContext; released: () => boolean } {
  const controller = new AbortController();
  let isReleased = false;
  const context = {
    signal: controller.signal,
    record: {},
    requestId: "req_1",
    log: { error: () => undefined, warn: () => undefined },
    abort: (reason: unknown) => controller.abort(reason),
    release: () => (isReleased = true),
  };
  return { context: context as unknown as CallContext, released: () => isReleased };
}

async function told(reads: Iterable<Uint8Array>): Promise<string> {
  const { context, released } = calling();
  const body = (async function* () {
    yield* reads;
  })();
  const arrivals = readConverseEvents(body, "m")[Symbol.asyncIterator]();
  let text = "";
  for await (const frames of toResponseFrames(tellStream(arrivals, reply(), context), context)) {
    expect(frames.endsWith("\n\n")).toBe(true);
    text += frames;
  }
  expect(released()).toBe(true);
  return text;
}

describe("the events of a response, whatever ConverseStream says and the network makes of it", () => {
  it("keep every rule that clients rely on, and OpenAI's schema", async () => {
    await fc.assert(
      fc.asyncProperty(anyStream, async ([whole, events]) => {
        const response = checkResponseEvents(eventsOf(await told([bytesOf(events)])));
        expect(response.status).not.toBe("failed");
        expect(response.usage).toMatchObject({ output_tokens: whole.usage.outputTokens });
      }),
      { numRuns: 400 },
    );
  });

  it("are the same for any split of the bytes", async () => {
    await fc.assert(
      fc.asyncProperty(splitStream, async ([bytes, reads]) => {
        expect(await told(reads)).toBe(await told([bytes]));
      }),
      { numRuns: 200 },
    );
  });

  it("end with the response that would have come whole", async () => {
    await fc.assert(
      fc.asyncProperty(orderlyStream, async ([whole, events]) => {
        const response = tellWhole(asEvents(whole), reply());
        assertSchema("Response", response);
        const streamedResponse = checkResponseEvents(eventsOf(await told([bytesOf(events)])));
        expect(asData(streamedResponse)).toEqual(asData(response));
      }),
      { numRuns: 400 },
    );
  });

  it("end in both failure events, and in nothing that looks like success, wherever the stream breaks", async () => {
    await fc.assert(
      fc.asyncProperty(brokenStream, async (bytes) => {
        const response = checkResponseEvents(eventsOf(await told([bytes])));
        expect(response).toMatchObject({ status: "failed", error: { code: expect.any(String) } });
      }),
      { numRuns: 300 },
    );
  });

  it("fail where the model's output was unusable", async () => {
    const unusable = anyStream.chain(([, events]) =>
      fc
        .constantFrom("malformed_model_output", "malformed_tool_use", "error")
        .map((stopReason) =>
          events.map((event) => (event.messageStop ? { messageStop: { stopReason } } : event)),
        ),
    );
    await fc.assert(
      fc.asyncProperty(unusable, async (events) => {
        const response = checkResponseEvents(eventsOf(await told([bytesOf(events)])));
        expect(response).toMatchObject({ status: "failed", error: { code: "server_error" } });
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    [6, OpenAI6 as unknown as typeof OpenAI],
    [7, OpenAI],
  ])("are put together by OpenAI's own client %i to the same response", async (_, Client) => {
    await fc.assert(
      fc.asyncProperty(anyStream, async ([, events]) => {
        const text = await told([bytesOf(events)]);
        const client = new Client({ apiKey: "k", fetch: async () => new Response(text) });
        const { output_text: _, ...final } = await client.responses
          .stream({ model: "m", input: "hi" })
          .finalResponse();
        expect(unparsed(final)).toEqual(eventsOf(text).at(-1)!.response);
      }),
      { numRuns: 100 },
    );
  });
});

/** Arguments are compared as JSON: a model's own spaces are not ours to keep. */
const asData = (response: object): unknown =>
  JSON.parse(JSON.stringify(response), (key, value: unknown) =>
    key === "arguments" ? (JSON.parse(value as string) as unknown) : value,
  );

/** Without what the client adds for who wants answers parsed. */
const unparsed = (response: object): unknown =>
  JSON.parse(JSON.stringify(response), (key, value: unknown) =>
    key === "parsed" || key === "parsed_arguments" || key === "output_parsed" ? undefined : value,
  );
