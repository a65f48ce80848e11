import { type OptionsOrHandler, toHandler } from "./_handler.ts";
import { type NodeContext, type NodeMiddleware, toNodeMiddleware } from "./_node.ts";

export type { NodeContext, NodeMiddleware, OptionsOrHandler };

/**
 * A listener for plain Node servers, HTTP/1 and HTTP/2: `http.createServer(bedrockOpenAI())`. `authorize(request, context)`
 * gets a `NodeContext`. `request.url` is made of the `Host` header; nothing but its path is used, so a proxy in front
 * needs no setting here.
 */
export const bedrockOpenAI = (optionsOrHandler?: OptionsOrHandler): NodeMiddleware =>
  toNodeMiddleware(toHandler(optionsOrHandler));
