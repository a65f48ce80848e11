import type { JsonObject } from "../../../conversation/types.ts";
import { foreignIn, noteUnplaced, type Unmapped } from "../../../reception/unmapped.ts";
import type { Decoding } from "../../request/decoding.ts";
import { type AskedRequest, messagesRequestShape } from "./shape.ts";

const ELSEWHERE = "Only Anthropic's own service knows it.";

/** Parameters of Anthropic's service that have no place on Bedrock, whatever is asked for. */
const UNMAPPED: Unmapped = {
  container: { reason: "There are no containers on Bedrock." },
  mcp_servers: { reason: "Bedrock calls no MCP servers." },
  diagnostics: { reason: ELSEWHERE },
  inference_geo: { reason: "Where a model runs, its inference profile says." },
  speed: { reason: "Bedrock has service tiers instead.", default: "standard" },
  user_profile_id: { reason: ELSEWHERE },
  workspace_id: { reason: ELSEWHERE },
};

const KNOWN: ReadonlySet<string> = new Set([
  ...Object.keys(messagesRequestShape.shape),
  ...Object.keys(UNMAPPED),
]);

/** Names every parameter that is given but has no place in a conversation. */
export const noteUnmapped = (request: AskedRequest, decoding: Decoding): void =>
  noteUnplaced(request, UNMAPPED, KNOWN, decoding);

/** Keys that neither Anthropic's API nor Bedrock knows, and those of its betas: the model may. */
export const nativeFields = (request: AskedRequest): JsonObject => foreignIn(request, KNOWN);
