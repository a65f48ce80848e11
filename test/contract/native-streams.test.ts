import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { eventually, type House, openHouse } from "../support/bedrock.ts";
import { callerLeft, SLOW } from "../support/clients.ts";
import { foldChunks } from "../support/fold-chunks.ts";
import { asking, GPT } from "../support/native.ts";
import { chatRequest } from "../support/requests.ts";
import { chunksOf } from "../support/sse.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const { asked } = asking(() => house);

describe("a stream", () => {
  it.each<[string, object]>([
    ["ends too early", { kind: "end", afterEvents: 3 }],
    ["is cut within an event", { kind: "truncate", afterEvents: 3 }],
    ["loses its connection", { kind: "reset", afterEvents: 3 }],
    [
      "tells of a failure",
      { kind: "exception", afterEvents: 3, type: "internalServerException", message: "oops" },
    ],
  ])("that %s ends in an error and without [DONE], and is not tried again", async (_, fault) => {
    house.bedrock.enqueue({ content: [{ text: "one two three four" }], fault } as never);
    const patient = house.withOptions({ retries: 2 });
    const { chunks, done } = chunksOf(await (await asked({ model: GPT, stream: true }, patient)).text());
    expect(done).toBe(false);
    expect(chunks.at(-1)!.error).toMatchObject({ type: "server_error", message: expect.any(String) });
    expect(
      chunks
        .slice(0, -1)
        .map(({ choices }) => choices[0]!.delta.content)
        .join(""),
    ).toContain("one");
    expect(house.bedrock.requests).toHaveLength(1);
  });

  it("whose first event is a failure is an HTTP status", async () => {
    const fault = { kind: "exception", afterEvents: 0, type: "throttlingException", message: "slow" };
    house.bedrock.enqueue({ content: [{ text: "x" }], fault } as never);
    expect((await asked({ model: GPT, stream: true })).status).toBe(429);
  });

  it("that stands still is given up", async () => {
    const hasty = house.withOptions({ timeouts: { idle: 50 } });
    house.bedrock.enqueue({ content: [{ text: "one two" }], fault: { kind: "stall", afterEvents: 2 } });
    const { chunks, done } = chunksOf(await (await asked({ model: GPT, stream: true }, hasty)).text());
    expect([done, chunks.at(-1)!.error?.code]).toEqual([false, "timeout"]);
  });

  it("whose host keeps the line open after the last word is whole, and its line is not kept", async () => {
    const head = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "theirs" };
    const chunk = (delta: object, finish_reason: string | null) => ({
      ...head,
      choices: [{ index: 0, delta, finish_reason }],
    });
    const chunks = [chunk({ role: "assistant", content: "Hi" }, null), chunk({}, "stop"), "[DONE]", "more"];
    house.bedrock.enqueue({ chunks, fault: { kind: "stall", afterEvents: 3 } });
    const text = await (await asked({ model: GPT, stream: true })).text();
    expect([chunksOf(text).done, foldChunks(text).choices[0]!.message.content]).toEqual([true, "Hi"]);
    await eventually(() => house.bedrock.openRequests === 0);
    expect(house.logged).toEqual([]);
  });

  it.each([false, true])("that its caller leaves is left by us (stream: %s)", async (stream) => {
    house.bedrock.enqueue(stream ? SLOW : { content: [{ text: "x" }], headersDelayMs: 60_000 });
    const caller = new AbortController();
    const request = chatRequest({ model: GPT, stream }, { signal: caller.signal });
    const answer = house.handler(request);
    if (stream) await (await answer).body!.getReader().read();
    setTimeout(() => caller.abort(), 20);
    await answer.catch(() => undefined);
    await expect(callerLeft(house)).resolves.toBeUndefined();
  });

  it("that is read no further is left", async () => {
    house.bedrock.enqueue(SLOW);
    const reader = (await asked({ model: GPT, stream: true })).body!.getReader();
    await reader.read();
    await reader.cancel();
    await expect(callerLeft(house)).resolves.toBeUndefined();
  });

  it("leaves its connection to the next one", async () => {
    for (let count = 0; count < 3; count += 1) await (await asked({ model: GPT, stream: true })).text();
    expect(house.bedrock.connections).toBe(1);
  });

  it.each([true, false])(
    "tells its usage once to who asked, and to nobody else (asked: %s)",
    async (include_usage) => {
      const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5, prompt_tokens_details: null };
      const head = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "theirs" };
      const chunk = (delta: object, finish_reason: string | null = null) => ({
        ...head,
        choices: [{ index: 0, delta, finish_reason }],
        usage,
      });
      const chunks = [
        chunk({ role: "assistant", content: "" }),
        { ...head },
        chunk({ content: "Hi" }),
        chunk({}, "stop"),
        { ...head, choices: [], usage },
        "[DONE]",
      ];
      house.bedrock.enqueue({ chunks });
      const text = await (
        await asked({ model: GPT, stream: true, stream_options: { include_usage } })
      ).text();
      const counted = chunksOf(text).chunks.filter((each) => each.usage);
      expect(counted.map((each) => [each.choices, each.usage])).toEqual(
        include_usage ? [[[], { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }]] : [],
      );
      expect(text).not.toContain("theirs");
      expect(foldChunks(text).choices[0]!.message.content).toBe("Hi");
    },
  );
});
