import { createBedrockFetch } from "../../integrations/openai.ts";
import type { Conversation } from "../../src/conversation/types.ts";
import type { BedrockOpenAIHandler } from "../../src/index.ts";
import type { AnswerReply } from "../../src/testing/index.ts";
import { CLAUDE, type House, NOVA } from "./bedrock.ts";
import { DOORS } from "./doors.ts";
import { GPT } from "./native.ts";
import { assertSchema } from "./openai-schema.ts";
import { checkResponseEvents, eventsOf } from "./response-events.ts";

/** Two that Converse serves and one that AWS serves in OpenAI's own words. */
export const MODELS = [CLAUDE, NOVA, GPT];
export { GPT };

/** What a client is given, whatever it calls it. */
export interface Access {
  baseURL: string;
  apiKey: string;
  fetch: typeof globalThis.fetch;
}

export interface Reach extends Access {
  /** Rejects for the first answer that was not as OpenAI's schema and a strict client want it. @returns How many were held against them. */
  settled(): Promise<number>;
  close(): Promise<void>;
}

/** The ways in which a client reaches the house. */
export const REACHES: Readonly<Record<string, (handler: BedrockOpenAIHandler) => Promise<Reach>>> = {
  "in process": async (handler) => ({
    baseURL: "http://bedrock/v1",
    apiKey: "bedrock",
    ...checkedFetch(createBedrockFetch(handler)),
    close: async () => undefined,
  }),
  // Nobody reads along: a stream that was read from its text has no bytes.
  "as text": async (handler) => ({
    baseURL: "http://bedrock/v1",
    apiKey: "bedrock",
    fetch: createBedrockFetch(handler),
    settled: async () => 0,
    close: async () => undefined,
  }),
  "over HTTP": async (handler) => {
    const { baseURL, fetch, close } = await DOORS["node:http"]!(handler);
    return { baseURL, apiKey: "bedrock", ...checkedFetch(fetch), close };
  },
};

/** A fetch that reads along: what it lets through is held against §E3 of openai-contract.md and OpenAI's schema. */
function checkedFetch(fetch: typeof globalThis.fetch): Pick<Reach, "fetch" | "settled"> {
  const faults: unknown[] = [];
  let count = 0;
  const check = (url: URL, stream: boolean, ok: boolean, text: string): void => {
    try {
      checkText(url, stream, ok, text);
      count += 1;
    } catch (thrown) {
      faults.push(thrown);
    }
  };
  return {
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      const url = new URL(input instanceof Request ? input.url : input);
      const stream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
      const seen = (text: string): void => check(url, stream, response.ok, text);
      return response.body ? new Response(response.body.pipeThrough(readAlong(seen)), response) : response;
    },
    settled: async () => {
      for (const fault of faults) throw fault;
      return count;
    },
  };
}

/** Only what was read to its end is told: whoever leaves early, leaves. */
function readAlong(
  seen: (text: string) => void,
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  const decoder = new TextDecoder();
  let text = "";
  return new TransformStream({
    transform(piece, controller) {
      text += decoder.decode(piece, { stream: true });
      controller.enqueue(piece);
    },
    flush: () => seen(text + decoder.decode()),
  });
}

function checkText({ pathname, searchParams }: URL, stream: boolean, ok: boolean, text: string): void {
  if (!ok) return assertSchema("ErrorResponse", JSON.parse(text));
  if (stream) {
    if (!searchParams.has("starting_after")) checkResponseEvents(eventsOf(text));
    return;
  }
  const schema = SCHEMAS.find(([path]) => path.test(pathname))?.[1];
  const value = JSON.parse(text) as object;
  if (schema && !("deleted" in value)) assertSchema(schema, value);
}

const SCHEMAS: readonly (readonly [RegExp, string])[] = [
  [/\/responses$/, "Response"],
  [/\/responses\/resp_[^/]+(?:\/cancel)?$/, "Response"],
  [/\/responses\/[^/]+\/input_items$/, "ResponseItemList"],
  [/\/responses\/compact$/, "CompactResource"],
  [/\/responses\/input_tokens$/, "TokenCountsResource"],
  [/\/conversations(?:\/conv_[^/]+)?$/, "ConversationResource"],
  [/\/conversations\/[^/]+\/items$/, "ConversationItemList"],
];

/** Words arrive, then AWS's line ends in the middle of an event. */
export const breakingOff = (model: string): AnswerReply => ({
  content: [{ text: "one two three four five six" }],
  fault: { kind: "truncate", afterEvents: model === GPT ? 8 : 3 },
});

/** The tool results that AWS got last, in either of its languages, in their order. */
export function resultsSent(house: House): unknown[] {
  const body = house.bedrock.requests.at(-1)!.body as Conversation & { input?: NativeItem[] };
  if (body.input)
    return body.input.flatMap(({ type, output }) => (type === "function_call_output" ? [output] : []));
  return body.messages.flatMap(({ content }) =>
    content.flatMap(({ toolResult }) => (toolResult ? [toolResult.content[0]?.text] : [])),
  );
}

interface NativeItem {
  type: string;
  output?: unknown;
}

/** Which of AWS's operations were called. */
export const operations = (house: House): string[] =>
  house.bedrock.requests.map(({ operation }) => operation);
