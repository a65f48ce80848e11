import type { Body } from "./support.ts";
import { says } from "./support.ts";

/** Pieces of conversations for the tests of the rules. */

export const answers = (...content: Body[]) => ({ role: "assistant", content });
export const user = (...content: Body[]) => ({ role: "user", content });
export const call = (toolUseId: string, input: unknown = {}) => ({
  toolUse: { toolUseId, name: "look", input },
});
export const result = (toolUseId: string, ...content: Body[]) => ({
  toolResult: { toolUseId, content: content.length > 0 ? content : [{ text: "found" }] },
});
export const tool = (name = "look", more: Body = {}) => ({
  toolSpec: { name, inputSchema: { json: { type: "object" } }, ...more },
});
export const look = { tools: [tool()] };
export const withTools = (...messages: Body[]): Body => ({ messages, toolConfig: look });
export const asks = (more: Body): Body => ({ messages: [says("hi")], ...more });
export const image = (bytes: string, format = "png") => ({ image: { format, source: { bytes } } });
export const doc = (name: string, more: Body = {}) => ({
  document: { name, format: "txt", source: { bytes: "aGk=" }, ...more },
});
export const point = (ttl?: string) => ({ cachePoint: { type: "default", ...(ttl && { ttl }) } });
export const fields = (additionalModelRequestFields: unknown, more: Body = {}): Body =>
  asks({ additionalModelRequestFields, ...more });

/** Rows of a rule's test: what is asked, of which model, and how the refusal begins, or `accepted`. */
export type Case = [what: string, body: Body, verdict: string, model?: string, operation?: string];
