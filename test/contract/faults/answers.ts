import type { ConverseStreamEvent } from "../../../src/conversation/types.ts";
import type { Line } from "../../support/raw-server.ts";
import { eventFrame, frame } from "../../support/frames.ts";

/** What AWS says where nothing goes wrong, in pieces between which something can. */

export const TEXT = "one two three";
export const VECTOR = [0.5, 0.25, 1];
/** In OpenAI's words. */
export const USAGE = { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 };

const json = (value: unknown): Buffer[] => {
  const bytes = Buffer.from(JSON.stringify(value));
  return [bytes.subarray(0, bytes.length >> 1), bytes.subarray(bytes.length >> 1)];
};

const usage = { inputTokens: 3, outputTokens: 5, totalTokens: 8 };
const delta = (text: string): ConverseStreamEvent => ({
  contentBlockDelta: { contentBlockIndex: 0, delta: { text } },
});

export const EVENTS = {
  start: { messageStart: { role: "assistant" } },
  one: delta("one "),
  two: delta("two "),
  three: delta("three"),
  blockStop: { contentBlockStop: { contentBlockIndex: 0 } },
  stop: { messageStop: { stopReason: "end_turn" } },
  metadata: { metadata: { usage, metrics: { latencyMs: 1 } } },
} satisfies Record<string, ConverseStreamEvent>;

/** Whatever stands before this piece of a stream has told the caller something. */
export const LATER = 3;

/** By InvokeModel, in Llama's own words. */
const CHUNKS = [
  { generation: "", prompt_token_count: 3 },
  { generation: "one " },
  { generation: "two " },
  { generation: "three" },
  {
    generation: "",
    generation_token_count: 5,
    stop_reason: "stop",
    "amazon-bedrock-invocationMetrics": { inputTokenCount: 3, outputTokenCount: 5 },
  },
];

/** By AWS's own chat endpoint. */
const SSE = [
  { choices: [{ index: 0, delta: { role: "assistant", content: "" }, finish_reason: null }] },
  ...["one ", "two ", "three"].map((content) => ({
    choices: [{ index: 0, delta: { content }, finish_reason: null }],
  })),
  { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
  { choices: [], usage: USAGE },
];

const ofNative = (data: string): Buffer => Buffer.from(`data: ${data}\n\n`);

const ofChunk = (value: object): Uint8Array =>
  frame(
    { ":event-type": "chunk", ":content-type": "application/json", ":message-type": "event" },
    JSON.stringify({ bytes: Buffer.from(JSON.stringify(value)).toString("base64") }),
  );

interface Said {
  type: string;
  parts: readonly Uint8Array[];
}

const SAID: Readonly<Record<string, Said>> = {
  "/converse-stream": {
    type: "application/vnd.amazon.eventstream",
    parts: Object.values(EVENTS).map((event) => eventFrame(event)),
  },
  "/invoke-with-response-stream": {
    type: "application/vnd.amazon.eventstream",
    parts: CHUNKS.map((chunk) => ofChunk(chunk)),
  },
  "/completions": {
    type: "text/event-stream",
    parts: [
      ...SSE.map((chunk) => ofNative(JSON.stringify({ id: "x", object: "chat.completion.chunk", ...chunk }))),
      ofNative("[DONE]"),
    ],
  },
  "/converse": {
    type: "application/json",
    parts: json({
      output: { message: { role: "assistant", content: [{ text: TEXT }] } },
      stopReason: "end_turn",
      usage,
      metrics: { latencyMs: 1 },
    }),
  },
  "/invoke": { type: "application/json", parts: json({ embedding: VECTOR, inputTextTokenCount: 2 }) },
};

/** Of the control plane's lists. */
const EMPTY_LIST: Said = { type: "application/json", parts: json({ data: [] }) };

/** The answer to what was asked. */
export const saidTo = ({ path }: Line): Said => SAID[path.slice(path.lastIndexOf("/"))] ?? EMPTY_LIST;

export const isStream = ({ path }: Line): boolean => /(stream|completions)$/.test(path);

/** How much of it is sent before a fault strikes in the midst. */
export const half = (line: Line): number => (isStream(line) ? LATER : 1);

/** A head with these headers alone. */
export const head = (status: string, headers: Readonly<Record<string, string | number>> = {}): string =>
  `HTTP/1.1 ${status}\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("")}\r\n`;

export const chunk = (bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);

export const LAST_CHUNK = "0\r\n\r\n";
