import { afterEach, beforeEach } from "vitest";
import type { ContentBlock, Conversation } from "../../src/conversation/types.ts";
import type { BedrockOpenAIOptions } from "../../src/index.ts";
import type { Annotation, ChatCompletion, ChatUsage, ThinkingBlock } from "../../src/openai/chat-response.ts";
import type { Adjustment } from "../../src/adjustments.ts";
import type { RecordedRequest, Reply } from "../../src/testing/index.ts";
import { eventually, type House, openHouse } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";
import { type Chunk, chunksOf } from "../support/sse.ts";

export type Body = Record<string, unknown>;

export interface Call {
  id: string;
  name: string;
  arguments: string;
}

/** An answer as its caller understands it, whole or put together from chunks. */
export interface Answer {
  model: string;
  content: string;
  reasoning: string;
  thinking: ThinkingBlock[];
  calls: Call[];
  annotations: Annotation[];
  finish: string;
  usage: ChatUsage | undefined;
  trace: unknown;
  adjustments: Adjustment[];
}

export interface Refusal {
  status: number;
  headers: Headers;
  error: { message: string; type: string; param: string | null; code: string | null };
}

/** A caller in front of a fresh house for each test. */
export interface Visit {
  readonly house: House;
  replies(...replies: Reply[]): void;
  /** A request that must succeed, told whole or as a stream. */
  ask(body: Body, stream?: boolean, options?: BedrockOpenAIOptions): Promise<Answer>;
  /** The same whole and streamed, each after the same replies. */
  askBoth(body: Body, ...replies: Reply[]): Promise<[whole: Answer, streamed: Answer]>;
  /** A request that must not. */
  refused(body: Body, options?: BedrockOpenAIOptions): Promise<Refusal>;
  /** The chunks of a stream, however it ends. */
  chunks(body: Body, options?: BedrockOpenAIOptions): Promise<{ chunks: Chunk[]; done: boolean }>;
  /** What AWS got last. */
  readonly sent: Conversation;
  readonly received: readonly RecordedRequest[];
}

export function visit(): Visit {
  let house: House;
  beforeEach(async () => {
    house = await openHouse();
  });
  afterEach(async () => {
    await eventually(() => house.bedrock.openRequests === 0);
    await house.bedrock.close();
  });

  const send = (body: Body, options?: BedrockOpenAIOptions): Promise<Response> =>
    (options ? house.withOptions(options) : house.handler)(chatRequest(body));

  const ask: Visit["ask"] = async (body, stream = false, options = undefined) => {
    const asked = stream ? { stream_options: { include_usage: true }, ...body, stream } : body;
    const response = await send(asked, options);
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${response.status}: ${text}`);
    const answer = stream ? folded(text) : told(JSON.parse(text) as ChatCompletion);
    return { ...answer, adjustments: adjustmentsOf(response) };
  };

  return {
    get house() {
      return house;
    },
    get sent() {
      return house.bedrock.requests.at(-1)!.body as Conversation;
    },
    get received() {
      return house.bedrock.requests;
    },
    replies: (...replies) => house.bedrock.enqueue(...replies),
    ask,
    async askBoth(body, ...replies) {
      house.bedrock.enqueue(...replies);
      const whole = await ask(body);
      house.bedrock.enqueue(...replies);
      return [whole, await ask(body, true)];
    },
    async refused(body, options) {
      const response = await send(body, options);
      if (response.status < 400) throw new Error(`not refused: ${await response.text()}`);
      const { error } = (await response.json()) as Refusal;
      return { status: response.status, headers: response.headers, error };
    },
    async chunks(body, options) {
      return chunksOf(await (await send({ ...body, stream: true }, options)).text());
    },
  };
}

/** Messages and shapes that many requests have in common. */
export const user = (content: unknown): Body => ({ role: "user", content });
export const assistant = (content: unknown, more: Body = {}): Body => ({
  role: "assistant",
  content,
  ...more,
});
export const toolCall = (id: string, name = "get_weather", args = "{}"): Body => ({
  id,
  type: "function",
  function: { name, arguments: args },
});
export const calls = (...ids: string[]): Body =>
  assistant(null, { tool_calls: ids.map((id) => toolCall(id)) });
export const result = (id: string, content: unknown = "3 degrees"): Body => ({
  role: "tool",
  tool_call_id: id,
  content,
});
export const tool = (name: string, parameters: Body = { type: "object", properties: {} }): Body => ({
  type: "function",
  function: { name, description: "Looks it up", parameters },
});
export const WEATHER = tool("get_weather", {
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
});

export const says = (text: string): { content: ContentBlock[] } => ({ content: [{ text }] });
export const callsTool = (name: string, input: Body, toolUseId = "tooluse_1"): ContentBlock => ({
  toolUse: { toolUseId, name, input },
});

type Told = Omit<Answer, "adjustments">;

function told({ model, choices, usage, trace }: ChatCompletion): Told {
  const [choice, ...others] = choices;
  if (!choice || others.length > 0) throw new Error(`${choices.length} choices`);
  const { message, finish_reason: finish } = choice;
  return {
    model,
    content: message.content ?? "",
    reasoning: message.reasoning_content ?? "",
    thinking: message.thinking_blocks ?? [],
    calls: (message.tool_calls ?? []).map((call) =>
      call.type === "function"
        ? { id: call.id, ...call.function }
        : { id: call.id, name: call.custom.name, arguments: call.custom.input },
    ),
    annotations: message.annotations ?? [],
    finish,
    usage,
    trace,
  };
}

/** As strict as the strictest client: one role, one finish, dense indexes, one usage, and `[DONE]`. */
function folded(text: string): Told {
  const { chunks, done } = chunksOf(text);
  const broken = chunks.find((chunk) => chunk.error);
  if (broken) throw new Error(`the stream broke: ${JSON.stringify(broken.error)}`);
  const choices = chunks.flatMap((chunk) => chunk.choices);
  const deltas = choices.map((choice) => choice.delta);
  const finishes = choices.flatMap((choice) => choice.finish_reason ?? []);
  const usages = chunks.flatMap((chunk) => chunk.usage ?? []);
  const roles = deltas.filter((delta) => delta.role);
  const ids = new Set(chunks.map(({ id }) => id));
  const once = [roles, finishes, usages, [...ids]].every(({ length }) => length === 1);
  if (!done || !once || choices.some(({ index }) => index !== 0)) throw new Error(`not one answer: ${text}`);
  const last = chunks.at(-1) as Chunk & { trace?: unknown };
  return {
    model: (chunks[0] as unknown as { model: string }).model,
    content: deltas.map((delta) => delta.content ?? "").join(""),
    reasoning: deltas.map((delta) => delta.reasoning_content ?? "").join(""),
    thinking: deltas.flatMap((delta) => delta.thinking_blocks ?? []),
    calls: foldedCalls(choices.map(({ delta }) => delta)),
    annotations: deltas.flatMap((delta) => delta.annotations ?? []),
    finish: finishes[0]!,
    usage: usages[0],
    trace: last.trace,
  };
}

function foldedCalls(deltas: readonly Chunk["choices"][number]["delta"][]): Call[] {
  const made: Call[] = [];
  for (const { index, id, function: part, custom } of deltas.flatMap((delta) => delta.tool_calls ?? [])) {
    if (id !== undefined) {
      if (index !== made.length) throw new Error(`call ${made.length} has index ${index}`);
      made.push({ id, name: part?.name ?? custom?.name ?? "", arguments: "" });
    }
    made[index]!.arguments += part?.arguments ?? custom?.input ?? "";
  }
  return made;
}

const adjustmentsOf = (response: Response): Adjustment[] =>
  JSON.parse(response.headers.get("x-bedrock-adjustments") ?? "[]") as Adjustment[];
