import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BedrockOpenAIHandler, ModelEntry } from "../../src/index.ts";
import { type BedrockEmulator, startBedrockEmulator } from "../../src/testing/index.ts";
import { CLAUDE, eventually, type House, NOVA, openHouse } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";
import { chunksOf } from "../support/sse.ts";

let house: House;
/** Another Region, account or host. */
let west: BedrockEmulator;

beforeEach(async () => {
  house = await openHouse();
  west = await startBedrockEmulator({ region: "us-west-2" });
});
afterEach(async () => {
  vi.useRealTimers();
  await eventually(() => house.bedrock.openRequests === 0 && west.openRequests === 0);
  await Promise.all([house.bedrock.close(), west.close()]);
});

const throttled = { error: { name: "ThrottlingException", message: "slow down" } };
const said = (text: string) => ({ content: [{ text }] });

/** `claude` in the east, which falls back to the same in the west. */
const pair = (more: Partial<ModelEntry> = {}): Record<string, ModelEntry> => ({
  claude: { model: CLAUDE, fallbacks: ["claude-west"], ...more },
  "claude-west": { model: CLAUDE, region: "us-west-2", endpoint: west.url },
});

const handlerOf = (models: Record<string, string | ModelEntry>, retries = 2): BedrockOpenAIHandler =>
  house.withOptions({ models, retries });

interface Answer {
  model: string;
  choices: { message: { content: string } }[];
}

describe.each([false, true])("a target that cannot answer (stream: %s)", (stream) => {
  const ask = (handler: BedrockOpenAIHandler, more: object = {}): Promise<Response> =>
    handler(chatRequest({ model: "claude", stream, ...more }));
  const textOf = async (response: Response): Promise<string> => {
    const text = await response.text();
    if (!stream) return (JSON.parse(text) as Answer).choices[0]!.message.content;
    const { chunks, done } = chunksOf(text);
    expect(done).toBe(true);
    return chunks.map((chunk) => chunk.choices?.[0]?.delta.content ?? "").join("");
  };

  it.each<[string, string, number?]>([
    ["throttled", "ThrottlingException"],
    ["over its quota", "ServiceQuotaExceededException"],
    ["without capacity", "ServiceUnavailableException"],
    ["failing inside", "InternalServerException"],
    ["too slow", "ModelTimeoutException"],
    ["failing in the model", "ModelErrorException"],
    ["not ready", "ModelNotReadyException"],
    ["not allowed", "AccessDeniedException"],
    ["not there", "ResourceNotFoundException"],
    ["with credentials that have expired", "ExpiredTokenException"],
  ])("%s: the next one answers, and the first is asked once", async (_, name) => {
    house.bedrock.enqueue({ error: { name, message: "no" } });
    west.enqueue(said("from the west"));
    const response = await ask(handlerOf(pair()));
    expect(response.status).toBe(200);
    expect(await textOf(response)).toBe("from the west");
    expect(response.headers.get("x-bedrock-target")).toBe(`us-west-2/${CLAUDE}`);
    expect([house.bedrock.requests.length, west.requests.length]).toEqual([1, 1]);
  });

  it("too small for the request: a larger one answers", async () => {
    house.bedrock.enqueue({
      error: { name: "ValidationException", message: "Input is too long for requested model." },
    });
    const response = await ask(handlerOf(pair()));
    await response.text();
    expect([response.status, west.requests.length]).toEqual([200, 1]);
  });

  it("that nobody reaches: the next one answers", async () => {
    const models = pair({ endpoint: "http://127.0.0.1:9" });
    const response = await ask(handlerOf(models));
    await response.text();
    expect([response.status, west.requests.length]).toEqual([200, 1]);
  });

  it("is told of, to the caller and to the operator", async () => {
    house.bedrock.enqueue(throttled);
    const response = await ask(handlerOf(pair()));
    await response.text();
    expect(JSON.parse(response.headers.get("x-bedrock-adjustments")!)).toEqual([
      {
        param: "model",
        action: "renamed",
        reason: "'claude' could not answer just now; 'claude-west' did.",
      },
    ]);
    expect(house.logged).toEqual(["bedrock-openai: 'claude' could not answer; 'claude-west' did."]);
  });

  it("is no reason to refuse, where adjustments are", async () => {
    house.bedrock.enqueue(throttled);
    const handler = house.withOptions({ models: pair(), unsupported: "reject" });
    const response = await ask(handler);
    await response.text();
    expect(response.status).toBe(200);
  });

  it("takes what it has noted with it", async () => {
    house.bedrock.enqueue(throttled);
    const models = { claude: { model: CLAUDE, fallbacks: [NOVA] } };
    // Claude takes one of the two, and Nova both.
    const response = await ask(handlerOf(models), { temperature: 0.5, top_p: 0.5 });
    await response.text();
    const notes = JSON.parse(response.headers.get("x-bedrock-adjustments")!) as { param: string }[];
    expect(notes.map(({ param }) => param)).toEqual(["model"]);
    expect(house.bedrock.requests.at(-1)!.headers["x-amzn-requestid"]).toBeUndefined();
  });

  it("does not answer for a caller's mistake: nobody else is asked", async () => {
    house.bedrock.enqueue({ error: { name: "ValidationException", message: "no such thing" } });
    const response = await ask(handlerOf(pair()));
    await response.text();
    expect([response.status, west.requests.length]).toEqual([400, 0]);
  });
});

describe("where all targets fail", () => {
  const ask = async (first: object, second: object, more: object = {}): Promise<Response> => {
    house.bedrock.enqueue(first as typeof throttled);
    // The last one is asked as often as it may be.
    west.enqueue(...Array.from({ length: 3 }, () => second as typeof throttled));
    return handlerOf(pair())(chatRequest({ model: "claude", ...more }));
  };
  const failing = (name: string, headers: Record<string, string> = {}) => ({
    error: { name, message: "no", headers },
  });

  it.each<[string, string, string, number, string]>([
    ["throttled, then not allowed", "ThrottlingException", "AccessDeniedException", 429, "us-east-1"],
    ["not allowed, then throttled", "AccessDeniedException", "ThrottlingException", 429, "us-west-2"],
    ["no capacity, then throttled", "ServiceUnavailableException", "ThrottlingException", 503, "us-east-1"],
    ["not allowed, then not there", "AccessDeniedException", "ResourceNotFoundException", 403, "us-east-1"],
    [
      "over quota, then not allowed",
      "ServiceQuotaExceededException",
      "AccessDeniedException",
      429,
      "us-east-1",
    ],
    ["throttled, then the caller's mistake", "ThrottlingException", "ValidationException", 429, "us-east-1"],
  ])(
    "%s: the caller hears of what passes, else of what was asked for",
    async (_, one, two, status, region) => {
      const response = await ask(failing(one), failing(two));
      expect(response.status).toBe(status);
      expect(response.headers.get("x-bedrock-target")).toBe(`${region}/${CLAUDE}`);
      expect(response.headers.get("x-bedrock-adjustments")).toBeNull();
      expect(house.logged).toContain("bedrock-openai: none of 'claude', 'claude-west' could answer.");
    },
  );

  it("clients are told not to repeat what was tried to the end, and when to come again", async () => {
    const response = await ask(
      failing("ThrottlingException", { "retry-after": "3" }),
      failing("ThrottlingException"),
    );
    expect(response.headers.get("retry-after")).toBe("3");
    expect(response.headers.get("x-should-retry")).toBe("false");
    expect([house.bedrock.requests.length, west.requests.length]).toEqual([1, 3]);
  });

  it("a client that repeats calls itself has each target asked once", async () => {
    house.bedrock.enqueue(throttled);
    west.enqueue(throttled);
    const request = chatRequest({ model: "claude" }, { headers: { "x-stainless-retry-count": "2" } });
    expect((await handlerOf(pair())(request)).status).toBe(429);
    expect([house.bedrock.requests.length, west.requests.length]).toEqual([1, 1]);
  });
});

describe("a stream", () => {
  const stream = (models = pair()): Promise<Response> =>
    handlerOf(models)(chatRequest({ model: "claude", stream: true }));
  const answer = said("one two three");

  it.each(["exception", "end", "bad-crc"] as const)(
    "that fails before its first piece (%s) is another's",
    async (kind) => {
      const fault = { kind, afterEvents: 1, type: "throttlingException", message: "slow" };
      house.bedrock.enqueue({ ...answer, fault });
      west.enqueue(said("west"));
      const response = await stream();
      const { chunks, done } = chunksOf(await response.text());
      const deltas = chunks.flatMap((chunk) => chunk.choices?.[0]?.delta ?? []);
      expect([done, deltas.map(({ content }) => content ?? "").join("")]).toEqual([true, "west"]);
      expect(deltas.filter((delta) => "role" in delta)).toHaveLength(1);
      expect([house.bedrock.requests.length, west.requests.length]).toEqual([1, 1]);
    },
  );

  it("that fails after it is nobody else's, and its target rests", async () => {
    const fault = {
      kind: "exception",
      afterEvents: 3,
      type: "throttlingException",
      message: "slow",
    } as const;
    house.bedrock.enqueue({ ...answer, delayMs: 5, fault });
    const handler = handlerOf(pair());
    const ask = async (): Promise<string> =>
      (await handler(chatRequest({ model: "claude", stream: true }))).text();
    expect(chunksOf(await ask()).done).toBe(false);
    expect(west.requests).toHaveLength(0);
    expect(chunksOf(await ask()).done).toBe(true);
    expect([house.bedrock.requests.length, west.requests.length]).toEqual([1, 1]);
  });

  it("that breaks off after its first piece time after time is another's from then on", async () => {
    const fault = { kind: "end", afterEvents: 3 } as const;
    house.bedrock.enqueue(...Array.from({ length: 3 }, () => ({ ...answer, delayMs: 5, fault })));
    const handler = handlerOf(pair());
    const ends: boolean[] = [];
    for (let time = 0; time < 4; time += 1) {
      const response = await handler(chatRequest({ model: "claude", stream: true }));
      ends.push(chunksOf(await response.text()).done);
    }
    expect(ends).toEqual([false, false, false, true]);
    expect([house.bedrock.requests.length, west.requests.length]).toEqual([3, 1]);
  });

  it("that takes long to begin is repeated where it was begun: its status is out", async () => {
    const { setTimeout: later } = globalThis;
    // The grace before the status line is over at once; everything else takes its time.
    const hasty = (run: () => void, ms?: number): NodeJS.Timeout => later(run, ms === 5_000 ? 0 : ms);
    const spy = vi.spyOn(globalThis, "setTimeout").mockImplementation(hasty as typeof setTimeout);
    house.bedrock.enqueue(
      { ...answer, firstEventDelayMs: 50, fault: { kind: "end", afterEvents: 1 } },
      answer,
    );
    expect(chunksOf(await (await stream()).text()).done).toBe(true);
    spy.mockRestore();
    expect([house.bedrock.requests.length, west.requests.length]).toEqual([2, 0]);
  });
});

describe("a caller who leaves", () => {
  it("is answered by nobody else, and says nothing of the target, however many there are", async () => {
    const handler = handlerOf(pair());
    for (let time = 1; time <= 4; time += 1) {
      const caller = new AbortController();
      house.bedrock.enqueue({ ...said("late"), headersDelayMs: 10_000 });
      const request = chatRequest({ model: "claude" }, { signal: caller.signal });
      const asked = handler(request).catch(() => undefined);
      await eventually(() => house.bedrock.requests.length === time);
      caller.abort();
      await asked;
      await eventually(() => house.bedrock.openRequests === 0);
    }
    expect(west.requests).toHaveLength(0);
  });
});

it("a caller who leaves while the second target is asked is nothing to tell the operator of", async () => {
  const caller = new AbortController();
  house.bedrock.enqueue(throttled);
  west.enqueue({ ...said("late"), headersDelayMs: 10_000 });
  const request = chatRequest({ model: "claude" }, { signal: caller.signal });
  const asked = handlerOf(pair())(request).catch(() => undefined);
  await eventually(() => west.requests.length === 1);
  caller.abort();
  await asked;
  expect(house.logged).toEqual([]);
});

describe("a target that is throttled", () => {
  const clock = () => vi.useFakeTimers({ toFake: ["performance"] });
  const ask = async (handler: BedrockOpenAIHandler): Promise<number> =>
    (await handler(chatRequest({ model: "claude" }))).status;
  const counts = (): [number, number] => [house.bedrock.requests.length, west.requests.length];

  it("is left alone as long as AWS says, and asked again after that", async () => {
    clock();
    house.bedrock.enqueue({
      error: { name: "ThrottlingException", message: "slow", headers: { "retry-after": "30" } },
    });
    const handler = handlerOf(pair());
    for (let call = 0; call < 3; call += 1) expect(await ask(handler)).toBe(200);
    expect(counts()).toEqual([1, 3]);
    vi.advanceTimersByTime(30_000);
    expect(await ask(handler)).toBe(200);
    expect(counts()).toEqual([2, 3]);
  });

  it("is told of where another answers without its being asked", async () => {
    clock();
    house.bedrock.enqueue(throttled);
    const handler = handlerOf(pair());
    await ask(handler);
    const response = await handler(chatRequest({ model: "claude" }));
    expect(JSON.parse(response.headers.get("x-bedrock-adjustments")!)).toMatchObject([{ param: "model" }]);
  });

  it("is asked all the same where nobody else can answer", async () => {
    clock();
    house.bedrock.enqueue(throttled);
    west.enqueue(throttled, throttled, throttled);
    const handler = handlerOf(pair());
    expect(await ask(handler)).toBe(429);
    expect(await ask(handler)).toBe(200);
  });

  it("is the same under all of its names", async () => {
    clock();
    house.bedrock.enqueue(throttled);
    const handler = handlerOf({ ...pair(), other: { model: CLAUDE, fallbacks: ["claude-west"] } });
    await ask(handler);
    await handler(chatRequest({ model: "other" }));
    expect(counts()).toEqual([1, 2]);
  });
});
