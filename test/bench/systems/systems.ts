/** One way of asking Bedrock. Each answer is checked, so that nothing broken is measured as fast. */
export interface System {
  /** Reads one streamed answer to its end and tells how many deltas it had. */
  stream(): Promise<number>;
  /** Reads one whole answer and returns 1. */
  chat(): Promise<number>;
}

/** Each loads only what it needs, in the process that measures it. */
export const SYSTEMS = {
  /** Our handler: SSE bytes out. */
  handler: async (endpoint: string) => (await import("./handler.ts")).createHandlerSystem(endpoint),
  /** The `openai` client over our in-process fetch. */
  openai: async (endpoint: string) => (await import("./openai.ts")).createOpenAISystem(endpoint),
  /** B1: the raw SDK client with a keep-alive NodeHttpHandler. */
  b1: async (endpoint: string) => (await import("./sdk.ts")).createSdkSystem(endpoint, "keep-alive"),
  /** B0: the raw SDK client with its defaults. */
  b0: async (endpoint: string) => (await import("./sdk.ts")).createSdkSystem(endpoint, "default"),
} satisfies Record<string, (endpoint: string) => Promise<System>>;

export type SystemName = keyof typeof SYSTEMS;
