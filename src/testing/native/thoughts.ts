import { rowFor } from "../rules/families.ts";
import type { Host } from "./resolve.ts";

/** Where a chat answer shows reasoning: at the start of the content, in a field of its own, or nowhere. */
export type Thoughts = "content" | "field" | "hidden";

const STYLES: readonly { models: RegExp; host?: Host; shows: Thoughts }[] = [
  { models: /^openai\.gpt-oss/, host: "runtime", shows: "content" },
  { models: /^openai\.gpt-(?!oss)|^xai\.grok|^google\.gemma-4/, shows: "hidden" },
  { models: /./, shows: "field" },
];

export function thoughtsIn(baseId: string, host: Host): Thoughts {
  const styles = STYLES.filter((style) => style.host === undefined || style.host === host);
  return rowFor(styles, baseId)?.shows ?? "hidden";
}
