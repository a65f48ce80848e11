import type { ModelDescription } from "../../../src/index.ts";

type Place = Pick<ModelDescription, "mode" | "surface" | "host">;

/** One tiny paid call, by which a part of Bedrock proves that it answers. */
export interface CallCheck {
  name: string;
  /** Nothing works without it. */
  essential: boolean;
  path: string;
  /** Whether a model is served by this part; undefined where no model is called. */
  serves: ((place: Place) => boolean) | undefined;
  body(model: string): unknown;
}

/** What is asked of an endpoint, whichever model it is. */
type Question = Pick<CallCheck, "path" | "body">;

const chat = (fields: object): Question => ({
  path: "/chat/completions",
  body: (model) => ({ model, messages: [{ role: "user", content: "Hi" }], ...fields }),
});

const STREAMED = { stream: true, stream_options: { include_usage: true } };

const CHAT = chat({ max_tokens: 1 });
const STREAM = chat({ max_tokens: 1, ...STREAMED });

/** For any model: those that think have none to spare, and OpenAI's own take no less. */
const LONGER_CHAT = chat({ max_tokens: 16 });
const LONGER_STREAM = chat({ max_tokens: 16, ...STREAMED });

const EMBEDDINGS: Question = { path: "/embeddings", body: (model) => ({ model, input: "Hi" }) };

const RERANK: Question = {
  path: "/rerank",
  body: (model) => ({ model, query: "Hi", documents: ["Hello"] }),
};

const MODERATION: Question = { path: "/moderations", body: () => ({ input: "Hi" }) };

const chats =
  (surface: Place["surface"], host?: Place["host"]) =>
  (place: Place): boolean =>
    place.mode === "chat" && place.surface === surface && place.host === host;

const is =
  (mode: Place["mode"]) =>
  (place: Place): boolean =>
    place.mode === mode;

/** What is called when no model is named: each of AWS's ways once. */
export const CALLS: readonly CallCheck[] = [
  { name: "Converse", essential: true, serves: chats("converse"), ...CHAT },
  { name: "Converse stream", essential: true, serves: chats("converse"), ...STREAM },
  { name: "Embeddings", essential: false, serves: is("embedding"), ...EMBEDDINGS },
  { name: "OpenAI, runtime", essential: false, serves: chats("openai", "runtime"), ...LONGER_CHAT },
  { name: "OpenAI, mantle", essential: false, serves: chats("openai", "mantle"), ...LONGER_CHAT },
  { name: "Rerank", essential: false, serves: is("rerank"), ...RERANK },
  { name: "Guardrail checks", essential: false, serves: undefined, ...MODERATION },
];

/** What is called of one model that was named, by what it is for; a picture costs too much for a check. */
export const CALLS_BY_MODE: Readonly<Record<string, readonly CallCheck[]>> = {
  chat: [
    { name: "Chat", essential: true, serves: is("chat"), ...LONGER_CHAT },
    { name: "Chat, streamed", essential: true, serves: is("chat"), ...LONGER_STREAM },
  ],
  embedding: [{ name: "Embeddings", essential: true, serves: is("embedding"), ...EMBEDDINGS }],
  rerank: [{ name: "Rerank", essential: true, serves: is("rerank"), ...RERANK }],
};
