import type { EmbeddingQuestion } from "../questions/embeddings.ts";
import type { Question } from "../questions/question.ts";
import type { HandlerSettings } from "./handler.ts";

/** Runs when the first delta of a stream is there. */
export type Told = (() => void) | undefined;

/** Asks once and tells how many units came. */
export type Asking = (told?: Told) => Promise<number>;

/**
 * One way of asking Bedrock. Each makes ready what its caller would have at hand, and nothing more. Answers are checked,
 * so that nothing broken is measured as fast.
 */
export interface System {
  /** Reads one streamed answer to its end and tells how many deltas it had. */
  stream(question: Question): Asking;
  /** Reads one whole answer and returns 1. */
  chat(question: Question): Asking;
  /** Embeds all texts of a question and returns how many vectors came; not of those that are compared by chat alone. */
  embed?(question: EmbeddingQuestion): Asking;
}

type Create = (endpoint: string) => Promise<System>;

/** Their packages are this folder's own, and the project's types and checks do without: so nothing names the files. */
const peer =
  (file: "ai-sdk" | "langchain-aws", system: string): Create =>
  async (endpoint) => {
    const module = (await import(`../peers/${file}.ts`)) as {
      PEERS: Record<string, (endpoint: string) => System>;
    };
    return module.PEERS[system]!(endpoint);
  };

/** Our handler: JSON text in, and out the bytes that a server sends. */
const handler =
  (settings: HandlerSettings = {}): Create =>
  async (endpoint) =>
    (await import("./handler.ts")).createHandlerSystem(endpoint, settings);

/** Each loads only what it needs, in the process that measures it. */
export const SYSTEMS = {
  handler: handler(),
  /** Called by its `fetch`, as clients in the same process do. */
  "handler-fetch": handler({ isFetch: true }),
  /** Behind a socket: the body comes in pieces. */
  "handler-pieces": handler({ delivery: "pieces" }),
  /** Asked for a stream by OpenAI's Responses API; the response is kept, as it is by default. */
  "handler-responses": handler({ wire: "responses" }),
  /** Asked for a stream in Anthropic's words. */
  "handler-messages": handler({ wire: "messages" }),
  /** With HTTP/2 sessions that streams share. */
  "handler-h2": handler({ options: { http2: true } }),
  /** With a client whose user has middleware: every call goes through the SDK's whole stack. */
  "handler-stack": async (endpoint) => {
    const [{ createHandlerSystem }, { createClientWithMiddleware }] = await Promise.all([
      import("./handler.ts"),
      import("./sdk.ts"),
    ]);
    return createHandlerSystem(endpoint, { options: { client: createClientWithMiddleware(endpoint) } });
  },
  /** The `openai` client in process: ours, and one of one's own over our `fetch`. */
  openai: async (endpoint) => (await import("./openai.ts")).createOpenAISystem(endpoint),
  "openai-fetch": async (endpoint) => (await import("./openai.ts")).createOpenAIOverFetch(endpoint),
  /** Our LangChain model. */
  langchain: async (endpoint) => (await import("./langchain.ts")).createChatBedrockOpenAI(endpoint),
  /** LangChain's own model for OpenAI over our in-process fetch. */
  "chat-openai": async (endpoint) => (await import("./chat-openai.ts")).createChatOpenAI(endpoint),
  /** The bytes are read and thrown away: what Node takes at least. */
  relay: async (endpoint) => (await import("./relay.ts")).createRelay(endpoint),
  /** B1: the raw SDK client with a keep-alive NodeHttpHandler. */
  b1: async (endpoint) => {
    const { createKeepAliveClient, createSdkSystem } = await import("./sdk.ts");
    return createSdkSystem(createKeepAliveClient(endpoint));
  },
  /** B1 whose caller leaves an embedding answer's bytes as they came. */
  "b1-unread": async (endpoint) => {
    const { createKeepAliveClient, createSdkSystem } = await import("./sdk.ts");
    return createSdkSystem(createKeepAliveClient(endpoint), "unread");
  },
  /** What the SDK's stack and the `openai` client take without us. */
  "stack-alone": async (endpoint) => (await import("./alone.ts")).createStackAlone(endpoint),
  "openai-alone": async (endpoint) => (await import("./alone.ts")).createOpenAIAlone(endpoint),
  /** B0: the raw SDK client with its defaults. */
  b0: async (endpoint) => {
    const { createDefaultClient, createSdkSystem } = await import("./sdk.ts");
    return createSdkSystem(createDefaultClient(endpoint));
  },
  /** ChatBedrockConverse with the client it makes by itself, and with B1's. */
  "converse-b0": peer("langchain-aws", "b0"),
  "converse-b1": peer("langchain-aws", "b1"),
  /** The AI SDK's provider alone, and what its users call. */
  "ai-provider": peer("ai-sdk", "provider"),
  "ai-text": peer("ai-sdk", "text"),
} satisfies Record<string, Create>;

export type SystemName = keyof typeof SYSTEMS;
