import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CLAUDE, type House, openHouse } from "../support/bedrock.ts";
import { chatRequest, messageRequest } from "../support/requests.ts";
import { chunksOf } from "../support/sse.ts";
import { typedEventsOf } from "../support/typed-events.ts";

/** AWS says nothing at all, not even its headers: a model may think for an hour before its first word. */
const SILENT = { fault: { kind: "stall", afterEvents: -1 } } as const;

let house: House;
beforeEach(async () => {
  house = await openHouse();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(async () => {
  vi.useRealTimers();
  await house.bedrock.close();
});

/** Turns of the event loop, in which sockets work and no timer runs. */
async function until(holds: () => boolean): Promise<void> {
  for (const begun = performance.now(); !holds();) {
    if (performance.now() - begun > 10_000) throw new Error(`still not so: ${holds}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function asked(
  handler = house.handler,
  init: RequestInit = {},
  request = chatRequest({ model: CLAUDE, stream: true }, init),
): Promise<{ response: Promise<Response>; isThere: () => boolean }> {
  house.bedrock.enqueue(SILENT);
  let isThere = false;
  const response = handler(request);
  void response.then(() => (isThere = true));
  await until(() => house.bedrock.requests.length === 1);
  return { response, isThere: () => isThere };
}

const decoder = new TextDecoder();

describe("a stream that AWS is long in beginning", () => {
  it("is a 200 with comments from the fifteenth second on, and keeps the line open for an hour", async () => {
    const { response, isThere } = await asked();
    await vi.advanceTimersByTimeAsync(14_900);
    expect(isThere()).toBe(false);
    await vi.advanceTimersByTimeAsync(100);
    const { status, headers, body } = await response;
    expect([status, headers.get("content-type")]).toEqual([200, "text/event-stream; charset=utf-8"]);
    const reader = body!.getReader();
    const first = reader.read();
    await vi.advanceTimersByTimeAsync(50);
    expect(decoder.decode((await first).value)).toBe(": keep-alive\n\n");
    await vi.advanceTimersByTimeAsync(59 * 60_000);
    expect(house.bedrock.openRequests).toBe(1);
    await reader.cancel();
    await until(() => house.bedrock.openRequests === 0);
    expect(house.logged).toEqual([]);
  });

  it("is still a real HTTP status where it fails before", async () => {
    const { response } = await asked(house.withOptions({ timeouts: { firstByte: 10_000 } }));
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await response).status).toBe(504);
  });

  it("ends in an error frame where it fails after, which never looks complete", async () => {
    const { response } = await asked(house.withOptions({ timeouts: { firstByte: 60_000 } }));
    await vi.advanceTimersByTimeAsync(15_000);
    const text = (await response).text();
    await vi.advanceTimersByTimeAsync(45_000);
    const { chunks, done } = chunksOf(await text);
    expect(done).toBe(false);
    expect(chunks).toMatchObject([{ error: { message: expect.any(String), code: expect.any(String) } }]);
    expect(house.logged).toHaveLength(1);
  });

  it("ends with its caller, who leaves by a signal", async () => {
    const leaving = new AbortController();
    const { response } = await asked(house.handler, { signal: leaving.signal });
    await vi.advanceTimersByTimeAsync(15_000);
    const text = (await response).text();
    leaving.abort();
    await expect(text).rejects.toMatchObject({ name: "AbortError" });
    await until(() => house.bedrock.openRequests === 0);
    expect(house.logged).toEqual([]);
  });
});

describe("a stream that AWS has begun, in which the model thinks", () => {
  it("is told from the fifth second on, that nobody takes it for one that never began", async () => {
    house.bedrock.enqueue({ fault: { kind: "stall", afterEvents: 1 } });
    const asking = house.handler(chatRequest({ model: CLAUDE, stream: true }));
    await until(() => house.bedrock.openRequests === 1 && vi.getTimerCount() > 0);
    await vi.advanceTimersByTimeAsync(5_000);
    const reader = (await asking).body!.getReader();
    const { chunks } = chunksOf(decoder.decode((await reader.read()).value));
    expect(chunks).toMatchObject([{ choices: [{ delta: { role: "assistant" } }] }]);
    await reader.cancel();
    await until(() => house.bedrock.openRequests === 0);
    expect(house.logged).toEqual([]);
  });
});

describe.each([
  ["natively", CLAUDE],
  ["by Converse", `converse/${CLAUDE}`],
])("a message that Claude is long in beginning %s", (_, model) => {
  const patient = () => house.withOptions({ timeouts: { firstByte: 60_000 } });

  it("keeps the line open, and ends in Anthropic's error where it fails after", async () => {
    const { response, isThere } = await asked(patient(), {}, messageRequest({ model, stream: true }));
    await vi.advanceTimersByTimeAsync(14_900);
    expect(isThere()).toBe(false);
    await vi.advanceTimersByTimeAsync(100);
    const { status, headers, body } = await response;
    expect([status, headers.get("content-type")]).toEqual([200, "text/event-stream; charset=utf-8"]);
    expect(headers.get("request-id")).toBe(headers.get("x-request-id"));
    const text = new Response(body).text();
    await vi.advanceTimersByTimeAsync(45_000);
    const said = await text;
    expect(said).toContain(": keep-alive\n\n");
    expect(typedEventsOf(said)).toEqual([
      {
        type: "error",
        error: { type: "timeout_error", message: expect.any(String) },
        request_id: headers.get("request-id"),
      },
    ]);
    expect(house.logged).toHaveLength(1);
    await until(() => house.bedrock.openRequests === 0);
  });

  it("is still a real HTTP status where it fails before, in Anthropic's words", async () => {
    const impatient = house.withOptions({ timeouts: { firstByte: 10_000 } });
    const { response } = await asked(impatient, {}, messageRequest({ model, stream: true }));
    await vi.advanceTimersByTimeAsync(10_000);
    expect([(await response).status, await (await response).json()]).toMatchObject([
      504,
      { type: "error", error: { type: "timeout_error" } },
    ]);
  });

  it("is left with its caller", async () => {
    const leaving = new AbortController();
    const request = messageRequest({ model, stream: true }, { signal: leaving.signal });
    const { response } = await asked(patient(), {}, request);
    await vi.advanceTimersByTimeAsync(15_000);
    const text = (await response).text();
    leaving.abort();
    await expect(text).rejects.toMatchObject({ name: "AbortError" });
    await until(() => house.bedrock.openRequests === 0);
    expect(house.logged).toEqual([]);
  });
});
