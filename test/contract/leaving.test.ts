import { request as httpRequest } from "node:http";
import OpenAI from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createBedrockFetch } from "../../integrations/openai.ts";
import { CLAUDE, eventually, type House, openHouse } from "../support/bedrock.ts";
import { DEAF_DOORS, DOORS } from "../support/doors.ts";
import { chatRequest } from "../support/requests.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

/** Slow enough that nobody has read it to the end by accident. */
const SLOW = { content: [{ text: "word ".repeat(2_000) }], delayMs: 5 };

const aborted = (): Promise<void> => eventually(() => house.bedrock.requests.at(-1)?.aborted === true);

describe("a caller who leaves stops the model", () => {
  it("by the signal, while the stream is read", async () => {
    house.bedrock.enqueue(SLOW);
    const controller = new AbortController();
    const response = await house.handler(
      chatRequest({ model: CLAUDE, stream: true }, { signal: controller.signal }),
    );
    const reader = response.body!.getReader();
    await reader.read();
    controller.abort();
    await aborted();
    await expect(
      (async () => {
        while (!(await reader.read()).done);
      })(),
    ).rejects.toMatchObject({ name: "AbortError" });
    expect(house.logged).toEqual([]);
  });

  it.each<[string, string, object]>([
    ["a stream", "/v1/chat/completions", { model: CLAUDE, stream: true }],
    ["a stream passed on", `/bedrock/model/${CLAUDE}/converse-stream`, {}],
    ["an answer passed on", `/bedrock/model/${CLAUDE}/converse`, {}],
  ])("by the signal, and is not told the rest of %s that had come in one read", async (_, path, body) => {
    const controller = new AbortController();
    const response = await house.withOptions({ passThrough: true })(
      new Request(`http://localhost${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          messages: [{ role: "user", content: [{ type: "text", text: "Hi" }] }],
          ...body,
        }),
        signal: controller.signal,
      }),
    );
    await eventually(() => house.bedrock.openRequests === 0);
    const left = new Error("left");
    controller.abort(left);
    await expect(response.text()).rejects.toBe(left);
    expect(house.logged).toEqual([]);
  });

  it("by the signal, before the answer of a call that is not streamed", async () => {
    house.bedrock.enqueue({ content: [{ text: "late" }], fault: { kind: "stall", afterEvents: -1 } });
    const controller = new AbortController();
    const answering = house.handler(chatRequest({ model: CLAUDE }, { signal: controller.signal }));
    await eventually(() => house.bedrock.requests.length === 1);
    controller.abort();
    await answering;
    await aborted();
    expect(house.logged).toEqual([]);
  });

  it("by cancelling the body", async () => {
    house.bedrock.enqueue(SLOW);
    const response = await house.handler(chatRequest({ model: CLAUDE, stream: true }));
    const reader = response.body!.getReader();
    await reader.read();
    await reader.cancel();
    await aborted();
  });

  it("by cancelling the body before reading any of it", async () => {
    house.bedrock.enqueue(SLOW);
    const response = await house.handler(chatRequest({ model: CLAUDE, stream: true }));
    await response.body!.cancel();
    await aborted();
  });

  it("before the request: nothing is sent to AWS", async () => {
    const response = await house.handler(chatRequest({ model: CLAUDE }, { signal: AbortSignal.abort() }));
    expect(response.ok).toBe(false);
    expect(house.bedrock.requests).toEqual([]);
  });

  it("by break in the openai client's loop", async () => {
    house.bedrock.enqueue(SLOW);
    const client = new OpenAI({
      apiKey: "x",
      baseURL: "http://bedrock/v1",
      fetch: createBedrockFetch(house.handler),
    });
    const stream = await client.chat.completions.create({
      model: CLAUDE,
      messages: [{ role: "user", content: "Hi" }],
      stream: true,
    });
    for await (const _ of stream) break;
    await aborted();
  });

  it("and the openai client sees its own APIUserAbortError", async () => {
    house.bedrock.enqueue({ content: [{ text: "late" }], fault: { kind: "stall", afterEvents: -1 } });
    const controller = new AbortController();
    const client = new OpenAI({
      apiKey: "x",
      baseURL: "http://bedrock/v1",
      fetch: createBedrockFetch(house.handler),
    });
    const answering = client.chat.completions.create(
      { model: CLAUDE, messages: [{ role: "user", content: "Hi" }] },
      { signal: controller.signal },
    );
    await eventually(() => house.bedrock.requests.length === 1);
    controller.abort();
    await expect(answering).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
    await aborted();
  });

  it("while credentials are still looked for, or the body is still on its way", async () => {
    const searching = house.withOptions({ credentials: () => new Promise(() => undefined) });
    const stalled = new Request("http://x/v1/chat/completions", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: new ReadableStream(),
      duplex: "half",
      signal: AbortSignal.timeout(50),
    });
    await searching(chatRequest({ model: CLAUDE }, { signal: AbortSignal.timeout(50) }));
    await house.handler(stalled);
    expect(house.bedrock.requests).toEqual([]);
  });

  const withSockets = (name: string): boolean =>
    !["createBedrockFetch", "node:http2"].includes(name) && !DEAF_DOORS.has(name);
  for (const name of Object.keys(DOORS).filter(withSockets)) {
    it.each([true, false])(`by closing the socket of ${name} (stream: %s)`, async (stream) => {
      house.bedrock.enqueue(
        stream ? SLOW : { content: [{ text: "late" }], fault: { kind: "stall", afterEvents: -1 } },
      );
      const door = await DOORS[name]!(house.handler);
      const body = JSON.stringify({ model: CLAUDE, messages: [{ role: "user", content: "Hi" }], stream });
      const request = httpRequest(`${door.baseURL}/chat/completions`, {
        method: "POST",
        headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body) },
      });
      request.on("error", () => undefined);
      const arrived = new Promise<void>((resolve) =>
        request.on("response", (response) => response.once("data", () => resolve())),
      );
      request.end(body);
      if (stream) await arrived;
      else await eventually(() => house.bedrock.requests.length === 1);
      request.destroy();
      await aborted();
      await door.close();
    });
  }
});

describe("a signal that outlives its calls", () => {
  const MALFORMED = { content: [{ text: "ok" }], stopReason: "malformed_model_output" };

  it.each<[string, boolean, object | undefined, (response: Response) => Promise<unknown>]>([
    ["a whole answer", false, undefined, (response) => response.text()],
    ["a stream read to its end", true, undefined, (response) => response.text()],
    [
      "a stream that broke",
      true,
      { ...SLOW, fault: { kind: "truncate", afterEvents: 3 } },
      (response) => response.text(),
    ],
    ["a stream that was given up by us", true, MALFORMED, (response) => response.text()],
    ["a stream that was left", true, SLOW, (response) => response.body!.cancel()],
    [
      "a stream that was left half-way",
      true,
      SLOW,
      async (response) => {
        const reader = response.body!.getReader();
        await reader.read();
        await reader.cancel();
      },
    ],
    [
      "a refusal",
      true,
      { error: { name: "ThrottlingException", message: "x" } },
      (response) => response.text(),
    ],
  ])("is not held by %s, and no socket is", async (_, stream, reply, finish) => {
    const controller = new AbortController();
    let listeners = 0;
    const add = controller.signal.addEventListener.bind(controller.signal);
    const remove = controller.signal.removeEventListener.bind(controller.signal);
    controller.signal.addEventListener = (...args: Parameters<typeof add>) => (
      (listeners += 1),
      add(...args)
    );
    controller.signal.removeEventListener = (...args: Parameters<typeof remove>) => (
      (listeners -= 1),
      remove(...args)
    );
    if (reply) house.bedrock.enqueue(reply);
    const request = chatRequest({ model: CLAUDE, stream });
    Object.defineProperty(request, "signal", { value: controller.signal });
    await finish(await house.handler(request));
    await eventually(() => listeners === 0 && house.bedrock.openRequests === 0);
  });
});
