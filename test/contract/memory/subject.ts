/** The process whose memory is looked at. `subject.ts <endpoint> <one that knows no model>` */
import { getEventListeners } from "node:events";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { getHeapSnapshot } from "node:v8";
import {
  type BedrockOpenAIOptions,
  type CallOptions,
  createBedrockOpenAIHandler,
  embed,
  streamChat,
} from "../../../src/index.ts";
import { EMULATOR_CREDENTIALS } from "../../../src/testing/index.ts";
import { serveParent } from "../../bench/child.ts";

export type MemoryOrder =
  /** Calls of a kind, one after another, in rounds: until one of them leaves less than `enough` bytes for each call. */
  | { law: "calls"; kind: keyof typeof CALLS; times: number; rounds: number; enough: number }
  /** As many calls at the same time with one signal for all of them. */
  | { law: "signal"; times: number }
  /** Streams that are open at the same time, each with so long a question of its own. */
  | { law: "open"; kind: keyof typeof STREAMS; times: number; chars: number }
  /** Streams that are open at the same time, and of which a piece was read. */
  | { law: "many open"; times: number }
  /** Calls that all ask for something else: `#` in the body is one of the words each time. */
  | { law: "ever other"; body: object; words: string[] };

export interface MemoryAnswer {
  /** Bytes by which the heap grew: in each round, for each call. */
  growth: number[];
  /** Texts and buffers as large as what was asked that are still held. */
  kept: number;
  /** What the calls came to: `200`, `stream left`, … with how many there were of each. */
  outcomes: Record<string, number>;
  /** Listeners that are left on the signal. */
  listeners: number;
  /** What Node warned of. */
  warnings: string[];
}

const MODEL = "us.amazon.nova-pro-v1:0";
const TITAN = "amazon.titan-embed-text-v2:0";
const HELLO = { model: MODEL, messages: [{ role: "user", content: "Hello there, how are you?" }] };

const warnings: string[] = [];
process.on("warning", ({ message }) => warnings.push(message));

const [, , endpoint = "", elsewhere = ""] = process.argv;
const options: BedrockOpenAIOptions = {
  region: "us-east-1",
  credentials: EMULATOR_CREDENTIALS,
  retries: 0,
  models: { "own-*": "us.amazon.*" },
  // Full after a few calls: what is kept for callers is no leak.
  store: { maxBytes: 100_000 },
  logger: { error: () => undefined, warn: () => undefined },
};
const handler = createBedrockOpenAIHandler({ ...options, endpoint });
const elsewhereHandler = createBedrockOpenAIHandler({
  ...options,
  endpoint: elsewhere,
  allowRequestCredentials: true,
});

function post(path: string, body: object, init: RequestInit = {}, by = handler): Promise<Response> {
  const headers = { "content-type": "application/json", ...(init.headers as Record<string, string>) };
  const { signal = null } = init;
  const json = JSON.stringify(body);
  return by(new Request(`http://bedrock/v1${path}`, { method: "POST", headers, signal, body: json }));
}

const chat = (body: object = {}, init?: RequestInit, by = handler): Promise<Response> =>
  post("/chat/completions", { ...HELLO, ...body }, init, by);

const respond = (body: object = {}, init?: RequestInit): Promise<Response> =>
  post("/responses", { model: MODEL, input: "Hello there, how are you?", ...body }, init);

const message = (body: object = {}): Promise<Response> =>
  post("/messages", { ...HELLO, max_tokens: 100, ...body });

const get = (path: string): Promise<Response> => handler(new Request(`http://bedrock/v1${path}`));

/** Reads a piece, and goes. */
async function left(response: Response): Promise<string> {
  const reader = response.body!.getReader();
  await reader.read();
  await reader.cancel();
  return "left";
}

/** Until the model has said all of it. */
async function finished(id: string): Promise<string> {
  for (;;) {
    const { status } = (await (await get(`/responses/${id}`)).json()) as { status: string };
    if (status !== "queued" && status !== "in_progress") return status;
    await sleep(5);
  }
}

async function idOf(response: Response): Promise<string> {
  return ((await response.json()) as { id: string }).id;
}

async function read(response: Response): Promise<string> {
  await response.text();
  return String(response.status);
}

/** Every way that a call can go and end. */
const CALLS = {
  "a whole answer": async () => read(await chat()),
  "a stream": async () => read(await chat({ stream: true })),
  "several choices": async () => read(await chat({ stream: true, n: 3 })),
  completions: async () => read(await post("/completions", { model: MODEL, prompt: "Hello" })),
  embeddings: async () => read(await post("/embeddings", { model: TITAN, input: ["one", "two", "three"] })),
  "an explanation": async () => read(await chat({}, { headers: { "x-bedrock-explain": "1" } })),
  "a refusal of ours": async () => read(await chat({ messages: "none" })),
  "a refusal of AWS's": async () => read(await chat({ model: "acme.unheard-of-v1:0" })),
  "a stream that is left": async () => left(await chat({ stream: true })),
  "a response": async () => read(await respond()),
  "a response that stands on another": async () =>
    read(await respond({ previous_response_id: await idOf(await respond()) })),
  "a streamed response": async () => read(await respond({ stream: true })),
  "a streamed response that is left": async () => left(await respond({ stream: true })),
  "a response in the background": async () => finished(await idOf(await respond({ background: true }))),
  "a response in the background whose replay is left": async () => {
    const id = await idOf(await respond({ background: true }));
    const outcome = await left(await get(`/responses/${id}?stream=true`));
    await finished(id);
    return outcome;
  },
  "a response in the background that is cancelled": async () => {
    const id = await idOf(await respond({ background: true }));
    return read(await post(`/responses/${id}/cancel`, {}));
  },
  "a reference to nothing": async () => read(await respond({ previous_response_id: "resp_1" })),
  "a conversation of one turn": async () => {
    const id = await idOf(await post("/conversations", {}));
    return read(await respond({ conversation: id }));
  },
  "a stored chat completion": async () => read(await chat({ store: true })),
  "a message": async () => read(await message()),
  "a streamed message": async () => read(await message({ stream: true })),
  "a streamed message that is left": async () => left(await message({ stream: true })),
  "a stream that nobody reads": async () => {
    await (await chat({ stream: true })).body!.cancel();
    return "left";
  },
  "a caller who leaves before the answer": async () => {
    const leaving = new AbortController();
    const answer = chat({}, { signal: leaving.signal });
    setImmediate(() => leaving.abort());
    return read(await answer);
  },
  "a stream in process": async () => {
    const { value } = await streamChat(HELLO, handler);
    let chunks = 0;
    for await (const _ of value) chunks += 1;
    return chunks > 1 ? "read" : "empty";
  },
  "a stream in process that is left": async () => {
    const { value } = await streamChat(HELLO, handler);
    for await (const _ of value) break;
    return "left";
  },
} satisfies Record<string, () => Promise<string>>;

/** Streams of every wire: nothing is to be kept for later, and the answer, which repeats the question, is short. */
const STREAMS = {
  chat: (content) => chat({ stream: true, max_tokens: 100, messages: [{ role: "user", content }] }),
  responses: (input) => respond({ stream: true, store: false, max_output_tokens: 100, input }),
  messages: (content) => message({ stream: true, messages: [{ role: "user", content }] }),
} satisfies Record<string, (asked: string) => Promise<Response>>;

async function heap(): Promise<number> {
  for (let times = 0; times < 3; times += 1) {
    // What is held weakly, and what waits for a socket's close, goes a little later.
    await sleep(10);
    globalThis.gc!();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const newAnswer = (): MemoryAnswer => ({ growth: [], kept: 0, outcomes: {}, listeners: 0, warnings });

const count = ({ outcomes }: MemoryAnswer, outcome: string): void => {
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
};

async function ofCalls({
  kind,
  times,
  rounds,
  enough,
}: Extract<MemoryOrder, { law: "calls" }>): Promise<MemoryAnswer> {
  const answer = newAnswer();
  let before = 0;
  // The first round makes what is made once.
  for (let round = 0; round <= rounds; round += 1) {
    for (let index = 0; index < times; index += 1) count(answer, await CALLS[kind]());
    const after = await heap();
    if (round > 0) answer.growth.push((after - before) / times);
    if (answer.growth.some((bytes) => bytes < enough)) break;
    before = after;
  }
  return answer;
}

async function ofSignal({ times }: Extract<MemoryOrder, { law: "signal" }>): Promise<MemoryAnswer> {
  const answer = newAnswer();
  const { signal } = new AbortController();
  const options: CallOptions = { signal };
  const streamed = async (): Promise<void> => {
    const { value } = await streamChat(HELLO, handler, options);
    for await (const _ of value);
    count(answer, "streamed");
  };
  const embedded = async (): Promise<void> => {
    await embed({ model: TITAN, input: ["one", "two"] }, handler, options);
    count(answer, "embedded");
  };
  await Promise.all(Array.from({ length: times }, (_, index) => (index % 2 === 0 ? streamed() : embedded())));
  return { ...answer, listeners: getEventListeners(signal, "abort").length };
}

/** Texts and buffers of so many bytes or more that somebody still holds: a snapshot collects all others first. */
async function largeThings(least: number): Promise<number> {
  await heap();
  const { snapshot, nodes } = JSON.parse(await text(getHeapSnapshot())) as {
    snapshot: { meta: { node_fields: string[] } };
    nodes: number[];
  };
  const { node_fields: fields } = snapshot.meta;
  const size = fields.indexOf("self_size");
  return nodes.filter((value, index) => index % fields.length === size && value >= least).length;
}

async function ofOpen({ kind, times, chars }: Extract<MemoryOrder, { law: "open" }>): Promise<MemoryAnswer> {
  const open = async (): Promise<ReadableStreamDefaultReader<Uint8Array>> => {
    const reader = (await STREAMS[kind]("x".repeat(chars))).body!.getReader();
    await reader.read();
    return reader;
  };
  // It makes what is made once.
  await (await open()).cancel();
  const before = await largeThings(chars);
  const readers = await Promise.all(Array.from({ length: times }, open));
  const kept = (await largeThings(chars)) - before;
  for (const reader of readers) await reader.cancel();
  return { ...newAnswer(), kept };
}

async function ofManyOpen({ times }: Extract<MemoryOrder, { law: "many open" }>): Promise<MemoryAnswer> {
  const open = async (): Promise<ReadableStreamDefaultReader<Uint8Array>> => {
    const reader = (await chat({ stream: true })).body!.getReader();
    await reader.read();
    return reader;
  };
  const openAll = () => Promise.all(Array.from({ length: times }, open));
  const leave = (readers: Awaited<ReturnType<typeof openAll>>) =>
    Promise.all(readers.map((reader) => reader.cancel()));
  // They make what is made once, and compilers what they compile.
  await leave(await openAll());
  const before = await heap();
  const readers = await openAll();
  const after = await heap();
  await leave(readers);
  return { ...newAnswer(), growth: [(after - before) / times] };
}

const AT_ONCE = 16;

/** A model's lookup is bounded by a clock, which holds what it bounds until it has run out. */
const LOOKED_UP_MS = 2_100;

async function ofEverOther({
  body,
  words,
}: Extract<MemoryOrder, { law: "ever other" }>): Promise<MemoryAnswer> {
  const answer = newAnswer();
  const times = words.length;
  let index = 0;
  const until = async (end: number): Promise<void> => {
    const lane = async (): Promise<void> => {
      while (index < end) {
        const own = JSON.parse(JSON.stringify(body).replaceAll("#", words[index]!)) as object;
        index += 1;
        count(answer, await read(await chat(own, {}, elsewhereHandler)));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  };
  // As many as fill what is bounded.
  await until(times / 2);
  await sleep(LOOKED_UP_MS);
  const before = await heap();
  await until(times);
  await sleep(LOOKED_UP_MS);
  return { ...answer, growth: [((await heap()) - before) / (times / 2)] };
}

serveParent<MemoryOrder>((order) => {
  if (order.law === "calls") return ofCalls(order);
  if (order.law === "open") return ofOpen(order);
  if (order.law === "many open") return ofManyOpen(order);
  return order.law === "signal" ? ofSignal(order) : ofEverOther(order);
});
