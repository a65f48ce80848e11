/** A process that holds many answers open which the model is still giving. `held.mjs <system> <endpoint>` */
import { createBedrockOpenAIHandler } from "../../../dist/index.js";
import { serveParent } from "../child.ts";
import { short } from "../questions/short.ts";
import { access } from "../systems/access.ts";
import { WIRES } from "../systems/wires.ts";
import { liveHeap } from "./live-heap.ts";

export interface HeldOrder {
  /** Of each kind. */
  count: number;
  /** Characters that each of them is told before the model falls silent. */
  chars: number;
}

/** By kind, bytes of heap and buffers for each. */
export type HeldMeasurement = Record<keyof typeof OPEN, number>;

const [, , , endpoint = ""] = process.argv;
const handler = createBedrockOpenAIHandler(access(endpoint));

const ask = (url: string, body: object): Promise<Response> =>
  handler(
    new Request(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  );

/** Whoever holds it holds the stream. */
type Held = ReadableStreamDefaultReader<Uint8Array>;

const CHAT_DELTA = /"delta":\{"content":"([^"]*)"/g;
const RESPONSES_DELTA = /^data: .*"delta":"([^"]*)"/gm;

/** Reads until so many characters have come. */
async function readTo(chars: number, response: Response, delta: RegExp): Promise<Held> {
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  for (let seen = 0; seen < chars;) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`The stream ended after ${seen} characters (${response.status}).`);
    for (const [, text] of decoder.decode(value).matchAll(delta)) seen += text!.length;
  }
  return reader;
}

/** The model speaks to nobody: what it said is read once, by the way that callers come back. */
async function inBackground(chars: number): Promise<string> {
  const asked = { ...WIRES.responses.body(short), stream: false, background: true };
  const response = await ask(WIRES.responses.url, asked);
  const { id, status } = (await response.json()) as { id: string; status: string };
  if (status !== "queued") throw new Error(`It is ${status} (${response.status}).`);
  const follow = await handler(new Request(`${WIRES.responses.url}/${id}?stream=true`));
  await (await readTo(chars, follow, RESPONSES_DELTA)).cancel();
  return id;
}

const OPEN = {
  chat: async (chars: number) => readTo(chars, await ask(WIRES.chat.url, WIRES.chat.body(short)), CHAT_DELTA),
  responses: async (chars: number) =>
    readTo(chars, await ask(WIRES.responses.url, WIRES.responses.body(short)), RESPONSES_DELTA),
  background: inBackground,
} satisfies Record<string, (chars: number) => Promise<Held | string>>;

/** Loads the modules, and makes what is made once. */
const WARM_UPS = 5;

const held: (Held | string)[] = [];

async function measure(kind: keyof typeof OPEN, { count, chars }: HeldOrder): Promise<number> {
  const open = async (): Promise<void> => void held.push(await OPEN[kind](chars));
  await Promise.all(Array.from({ length: WARM_UPS }, open));
  const before = await liveHeap();
  await Promise.all(Array.from({ length: count }, open));
  return ((await liveHeap()) - before) / count;
}

serveParent<HeldOrder>(async (order): Promise<HeldMeasurement> => ({
  chat: await measure("chat", order),
  responses: await measure("responses", order),
  background: await measure("background", order),
}));
