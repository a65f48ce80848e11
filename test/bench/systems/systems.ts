import type { EmbeddingQuestion } from "../questions/embeddings.ts";
import type { Question } from "../questions/question.ts";

/** Asks once and tells how many units came. */
export type Asking = () => Promise<number>;

/**
 * One way of asking Bedrock. Each makes ready what its caller would have at hand, and nothing more. Answers are checked,
 * so that nothing broken is measured as fast.
 */
export interface System {
  /** Reads one streamed answer to its end and tells how many deltas it had. */
  stream(question: Question): Asking;
  /** Reads one whole answer and returns 1. */
  chat(question: Question): Asking;
  /** Embeds all texts of a question and returns how many vectors came. */
  embed(question: EmbeddingQuestion): Asking;
}

async function createOf(endpoint: string, wire: "responses" | "messages"): Promise<System> {
  const [{ createHandlerSystem }, { WIRES }] = await Promise.all([
    import("./handler.ts"),
    import("./wires.ts"),
  ]);
  return createHandlerSystem(endpoint, "text", WIRES[wire]);
}

/** Each loads only what it needs, in the process that measures it. */
export const SYSTEMS = {
  /** Our handler, given JSON text: SSE bytes out. */
  handler: async (endpoint: string) => (await import("./handler.ts")).createHandlerSystem(endpoint, "text"),
  /** Our handler behind a socket: the body comes in pieces. */
  "handler-pieces": async (endpoint: string) =>
    (await import("./handler.ts")).createHandlerSystem(endpoint, "pieces"),
  /** Our handler, asked for a stream by OpenAI's Responses API; the response is kept, as it is by default. */
  "handler-responses": async (endpoint: string) => createOf(endpoint, "responses"),
  /** Our handler, asked for a stream in Anthropic's words. */
  "handler-messages": async (endpoint: string) => createOf(endpoint, "messages"),
  /** The `openai` client over our in-process fetch. */
  openai: async (endpoint: string) => (await import("./openai.ts")).createOpenAISystem(endpoint),
  /** B1: the raw SDK client with a keep-alive NodeHttpHandler. */
  b1: async (endpoint: string) => (await import("./sdk.ts")).createSdkSystem(endpoint, "keep-alive"),
  /** B0: the raw SDK client with its defaults. */
  b0: async (endpoint: string) => (await import("./sdk.ts")).createSdkSystem(endpoint, "default"),
} satisfies Record<string, (endpoint: string) => Promise<System>>;

export type SystemName = keyof typeof SYSTEMS;
