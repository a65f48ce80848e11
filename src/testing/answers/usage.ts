import { createHash } from "node:crypto";
import type { ContentBlock, Usage } from "../../conversation/types.ts";
import type { ConverseRequest } from "../rules/request.ts";

export const CHARACTERS_PER_TOKEN = 4;
/** What stands for media, whose base64 says nothing about its tokens. */
const MEDIA_TOKENS = 100;

/** One token is about four characters. */
function tokens(characters: number): number {
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}

/** An estimate of what an answer costs: its text, reasoning and tool arguments. */
export function outputTokens(content: readonly ContentBlock[]): number {
  return content.reduce((sum, block) => sum + blockTokens(block), 0);
}

/**
 * Deterministic usage. With cache points, the prompt up to the last one is written to the cache the first time it
 * is seen, and read from it afterwards; as at AWS, `inputTokens` leaves out what was written or read.
 */
export function measureUsage(
  request: ConverseRequest,
  modelId: string,
  outputTokens: number,
  cachedPrefixes: Set<string>,
): Usage {
  const hash = createHash("sha256").update(modelId);
  let inputTokens = 0;
  let cacheRead = 0;
  let prefixTokens: number | undefined;
  for (const block of promptBlocks(request)) {
    if (!("cachePoint" in block)) {
      hash.update(JSON.stringify(block));
      inputTokens += blockTokens(block);
      continue;
    }
    const prefix = hash.copy().digest("hex");
    if (cachedPrefixes.has(prefix)) cacheRead = inputTokens;
    cachedPrefixes.add(prefix);
    prefixTokens = inputTokens;
  }
  if (prefixTokens === undefined)
    return { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens };
  return {
    inputTokens: inputTokens - prefixTokens,
    outputTokens,
    totalTokens: inputTokens + outputTokens,
    cacheReadInputTokens: cacheRead,
    cacheWriteInputTokens: prefixTokens - cacheRead,
  };
}

/** In the order the cache sees them: tools, system, messages. */
function promptBlocks(request: ConverseRequest): object[] {
  const messages = (request.messages ?? []).flatMap(({ content }) => content);
  return [...(request.toolConfig?.tools ?? []), ...(request.system ?? []), ...messages];
}

function blockTokens(block: object): number {
  const media = "image" in block || "document" in block || "video" in block || "audio" in block;
  if (media) return MEDIA_TOKENS;
  if ("text" in block && typeof block.text === "string") return tokens(block.text.length);
  return tokens(JSON.stringify(block).length);
}
