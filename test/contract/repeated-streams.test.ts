import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Fault, Reply } from "../../src/testing/index.ts";
import { CLAUDE, eventually, type House, LLAMA, openHouse } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";
import { chunksOf } from "../support/sse.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await eventually(() => house.bedrock.openRequests === 0);
  await house.bedrock.close();
});

const OSS = "openai.gpt-oss-120b-1:0";
const text = "one two three";
const answer = { content: [{ text }] };

/** After the announcement of an answer and before its first piece. */
const EARLY: [string, Fault][] = [
  [
    "a throttling exception",
    { kind: "exception", afterEvents: 1, type: "throttlingException", message: "slow" },
  ],
  [
    "no capacity",
    { kind: "exception", afterEvents: 0, type: "serviceUnavailableException", message: "busy" },
  ],
  [
    "an internal failure",
    { kind: "exception", afterEvents: 1, type: "internalServerException", message: "" },
  ],
  [
    "a failure of the model",
    { kind: "exception", afterEvents: 1, type: "modelStreamErrorException", message: "" },
  ],
  ["an end", { kind: "end", afterEvents: 1 }],
  ["a frame cut short", { kind: "truncate", afterEvents: 1 }],
  ["a wrong checksum", { kind: "bad-crc", afterEvents: 0 }],
  ["a lost connection", { kind: "reset", afterEvents: 1 }],
];

interface Told {
  status: number;
  said: string;
  error: { code: string | null } | undefined;
  done: boolean;
  roles: number;
  headers: Headers;
}

async function ask(model: string, retries: number, init?: RequestInit): Promise<Told> {
  const handler = house.withOptions({ retries });
  const response = await handler(chatRequest({ model, stream: true }, init));
  const body = await response.text();
  const { status, headers } = response;
  if (status !== 200)
    return { status, headers, said: "", done: false, roles: 0, ...(JSON.parse(body) as Pick<Told, "error">) };
  const { chunks, done } = chunksOf(body);
  const deltas = chunks.flatMap((chunk) => chunk.choices?.[0]?.delta ?? []) as Record<string, string>[];
  return {
    status,
    headers,
    done,
    said: deltas.map(({ content }) => content ?? "").join(""),
    roles: deltas.filter(({ role }) => role).length,
    error: chunks.at(-1)?.error as Told["error"],
  };
}

describe.each([
  ["Converse", CLAUDE, 1],
  // Its first frame is a piece already.
  ["InvokeModel", `invoke/${LLAMA}`, 0],
  ["AWS's own chat endpoint", OSS, 1],
])("a stream of %s that fails before its first piece", (_, model, most) => {
  const early = (fault: Fault): Fault => ({ ...fault, afterEvents: Math.min(fault.afterEvents, most) });

  // The native paths write no frames of AWS's; what cannot be said there is left out.
  const faults = model === OSS ? EARLY.filter(([, { kind }]) => ["end", "reset"].includes(kind)) : EARLY;

  it.each(faults)("is asked for again after %s, and told once", async (__, fault) => {
    house.bedrock.enqueue({ ...answer, fault: early(fault) }, answer);
    const { status, said, roles, done } = await ask(model, 2);
    expect({ status, said, roles, done }).toEqual({ status: 200, said: text, roles: 1, done: true });
    expect(house.bedrock.requests).toHaveLength(2);
  });

  it("is not asked for more often than `retries` says, and clients are told not to ask again either", async () => {
    const fault = early({ kind: "end", afterEvents: 1 });
    for (let time = 0; time < 9; time += 1) house.bedrock.enqueue({ ...answer, fault });
    const { status, error, headers } = await ask(model, 2);
    expect([status, error!.code]).toEqual([502, "stream_interrupted"]);
    expect(headers.get("x-should-retry")).toBe("false");
    expect(house.bedrock.requests).toHaveLength(3);
  });

  it("is asked for once where there are to be no retries", async () => {
    house.bedrock.enqueue({ ...answer, fault: early({ kind: "end", afterEvents: 1 }) });
    expect(await ask(model, 0)).toMatchObject({ status: 502 });
    expect(house.bedrock.requests).toHaveLength(1);
  });
});

describe("a stream that fails", () => {
  it.each(EARLY)("after its first piece is never asked for again: %s", async (_, fault) => {
    house.bedrock.enqueue({ ...answer, fault: { ...fault, afterEvents: 3 }, delayMs: 5 }, answer);
    const { said, done, error } = await ask(CLAUDE, 2);
    expect(text.startsWith(said) && said !== text && said !== "").toBe(true);
    expect([done, error !== undefined]).toEqual([false, true]);
    expect(house.bedrock.requests).toHaveLength(1);
  });

  it("before it, and after the status line, is asked for again all the same", async () => {
    const { setTimeout: later } = globalThis;
    // The grace before the status line is over at once; everything else takes its time.
    const hasty = (run: () => void, ms?: number): NodeJS.Timeout => later(run, ms === 5_000 ? 0 : ms);
    vi.spyOn(globalThis, "setTimeout").mockImplementation(hasty as typeof setTimeout);
    house.bedrock.enqueue(
      { ...answer, firstEventDelayMs: 50, fault: { kind: "end", afterEvents: 1 } },
      answer,
    );
    expect(await ask(CLAUDE, 2)).toMatchObject({ status: 200, said: text, done: true, roles: 1 });
    expect(house.bedrock.requests).toHaveLength(2);
  });

  it.each<[string, string, object, number]>([
    ["asked for again and announced once", CLAUDE, { said: text, done: true, roles: 1 }, 2],
    [
      "a failure where AWS's own id of the answer is out",
      OSS,
      { said: "", done: false, roles: 1, error: { code: "stream_interrupted" } },
      1,
    ],
  ])("after the status line, between its announcement and its first piece, is %s", async (...row) => {
    const [, model, told, asked] = row;
    const { setTimeout: later } = globalThis;
    // The grace is over before the announcement is there; everything else takes its time.
    const hasty = (run: () => void, ms?: number): NodeJS.Timeout => later(run, ms === 5_000 ? 50 : ms);
    vi.spyOn(globalThis, "setTimeout").mockImplementation(hasty as typeof setTimeout);
    house.bedrock.enqueue(
      { ...answer, firstEventDelayMs: 150, fault: { kind: "end", afterEvents: 1 } },
      answer,
    );
    expect(await ask(model, 2)).toMatchObject({ status: 200, ...told });
    expect(house.bedrock.requests).toHaveLength(asked);
  });

  it("counts with what the SDK has tried: three calls in all, not nine", async () => {
    const busy: Reply = { error: { name: "ServiceUnavailableException", message: "busy" } };
    const cut: Reply = { ...answer, fault: { kind: "end", afterEvents: 1 } };
    house.bedrock.enqueue(busy, cut, busy, busy, busy);
    const { status, headers } = await ask(CLAUDE, 2);
    expect([status, headers.get("x-should-retry")]).toEqual([503, "false"]);
    expect(house.bedrock.requests).toHaveLength(3);
  });

  it("by the caller's own fault is not asked for again", async () => {
    house.bedrock.enqueue({
      ...answer,
      fault: { kind: "exception", afterEvents: 0, type: "validationException", message: "bad" },
    });
    expect(await ask(CLAUDE, 2)).toMatchObject({ status: 400 });
    expect(house.bedrock.requests).toHaveLength(1);
  });

  it("is not asked for again once its caller has left", async () => {
    const caller = new AbortController();
    house.bedrock.enqueue({ ...answer, fault: { kind: "stall", afterEvents: 1 } }, answer);
    const asked = ask(CLAUDE, 2, { signal: caller.signal });
    await eventually(() => house.bedrock.requests.length === 1);
    caller.abort();
    await asked.catch(() => undefined);
    await eventually(() => house.bedrock.openRequests === 0);
    expect(house.bedrock.requests).toHaveLength(1);
  });
});

describe("a client that repeats calls itself", () => {
  it("is not helped by repeating each of them", async () => {
    const busy: Reply = { error: { name: "ServiceUnavailableException", message: "busy" } };
    house.bedrock.enqueue(busy, busy, busy);
    const again = { headers: { "x-stainless-retry-count": "1" } };
    expect(await ask(CLAUDE, 2, again)).toMatchObject({ status: 503 });
    expect(house.bedrock.requests).toHaveLength(1);
  });
});

describe("AWS's own word on when to come again", () => {
  const busy = (headers: Record<string, string>): Reply => ({
    error: { name: "ThrottlingException", message: "slow", headers },
  });

  it("is passed on, and not come before: nobody waits for minutes on a caller's behalf", async () => {
    house.bedrock.enqueue(busy({ "retry-after": "120" }));
    const { status, headers } = await ask(CLAUDE, 2);
    expect([status, headers.get("retry-after"), headers.get("x-should-retry")]).toEqual([429, "120", "true"]);
    expect(house.bedrock.requests).toHaveLength(1);
  });

  it("is passed on in milliseconds too", async () => {
    house.bedrock.enqueue(busy({ "retry-after-ms": "90000" }));
    const { headers } = await ask(CLAUDE, 2);
    expect([headers.get("retry-after-ms"), headers.get("retry-after")]).toEqual(["90000", null]);
  });
});

describe("a whole answer that fails after AWS's 200", () => {
  const whole = async (retries: number): Promise<Response> =>
    house.withOptions({ retries })(chatRequest({ model: CLAUDE }));

  it.each<[string, Reply]>([
    ["an empty object", { response: {} }],
    ["no byte", { bytes: [], headers: { "content-type": "application/json" } }],
    ["half of it", { ...answer, fault: { kind: "truncate", afterEvents: 0 } }],
    ["a lost connection", { ...answer, fault: { kind: "reset", afterEvents: 0 } }],
  ])("is asked for again: %s", async (_, reply) => {
    house.bedrock.enqueue(reply, answer);
    const response = await whole(1);
    expect([response.status, house.bedrock.requests.length]).toEqual([200, 2]);
  });

  it("is a failure where it goes on", async () => {
    house.bedrock.enqueue({ response: {} }, { response: {} });
    const response = await whole(1);
    expect([response.status, response.headers.get("x-should-retry")]).toEqual([502, "false"]);
  });
});
