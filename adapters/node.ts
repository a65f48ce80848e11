import { type NodeMiddleware, type OptionsOrHandler, toHandler, toNodeMiddleware } from "./_node.ts";

export type { NodeMiddleware, OptionsOrHandler };

/** A listener for plain Node servers: `http.createServer(bedrockOpenAI())`. */
export const bedrockOpenAI = (optionsOrHandler?: OptionsOrHandler): NodeMiddleware =>
  toNodeMiddleware(toHandler(optionsOrHandler));
