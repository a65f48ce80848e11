import type { Usage } from "../../conversation/types.ts";

interface Counts {
  /** Without what was read from or written to the cache. */
  input: number | undefined;
  output: number | undefined;
  cacheRead?: number | undefined;
  cacheWrite?: number | undefined;
  reasoning?: number | undefined;
}

/** Converse's usage; its total counts the cached tokens too. Source: aws-bedrock §A.3. */
export const toUsage = ({
  input = 0,
  output = 0,
  cacheRead = 0,
  cacheWrite = 0,
  reasoning,
}: Counts): Usage => ({
  inputTokens: Math.max(0, input),
  outputTokens: output,
  totalTokens: Math.max(0, input) + output + cacheRead + cacheWrite,
  ...(cacheRead > 0 && { cacheReadInputTokens: cacheRead }),
  ...(cacheWrite > 0 && { cacheWriteInputTokens: cacheWrite }),
  ...(reasoning !== undefined && { reasoningTokens: reasoning }),
});
