import type { Adjustment } from "../../../adjustments.ts";

/**
 * Betas that Claude has on Bedrock, whatever their date: of another one, AWS refuses the whole request and does not say which it
 * was. Anthropic's own clients send those of its own service too. Source: AWS's guide to Claude's request body; aws-bedrock §C.1.
 */
const KNOWN =
  /^(computer-use|tool-search-tool|context-1m|context-management|effort|tool-examples|fine-grained-tool-streaming|compact|interleaved-thinking|thinking-binding-controls|token-efficient-tools|output-128k|dev-full-thinking)-20\d\d-\d\d-\d\d$/;

/** The betas that can be sent, and what becomes of the others. */
export function knownBetas(betas: readonly string[]): {
  betas: readonly string[];
  adjustments: readonly Adjustment[];
} {
  const known = betas.filter((beta) => KNOWN.test(beta));
  const others = betas.filter((beta) => !KNOWN.test(beta)).map((beta) => `'${beta.slice(0, 64)}'`);
  if (others.length === 0) return { betas: known, adjustments: [] };
  const reason = `Bedrock does not know ${others.slice(0, 10).join(", ")}.`;
  return { betas: known, adjustments: [{ param: "betas", action: "dropped", reason }] };
}
