import type { ConverseStreamEvent } from "../../conversation/types.ts";
import type { BedrockExtras } from "../../openai/chat-response.ts";
import { toExtras, toServiceTier } from "./extras.ts";
import { type Counted, toChatUsage } from "./usage.ts";

/** What a stream says beside its choices: usage, the tier, and Bedrock's own words where they were asked for. */
export interface LastWords {
  hear(event: ConverseStreamEvent): void;
  /** The members of a last chunk without choices; undefined where there is no such chunk. */
  told(): object | undefined;
}

export interface LastWordsOptions {
  includeUsage: boolean;
  extras: boolean;
}

/** Listens to all answers of one request. Usage is their sum. */
export function createLastWords({ includeUsage, extras }: LastWordsOptions): LastWords {
  const counted: Counted[] = [];
  let last: object = {};
  let ended = 0;
  let known = 0;
  return {
    hear({ metadata, messageStop }) {
      if (!metadata && !messageStop) return;
      if (messageStop) ended += 1;
      if (metadata?.usage) known += 1;
      const fields = messageStop?.additionalModelResponseFields;
      if (fields !== undefined) counted.push({ additionalModelResponseFields: fields });
      if (metadata?.usage) counted.push({ usage: metadata.usage });
      const said: BedrockExtras = {
        ...(metadata?.trace && { trace: metadata.trace }),
        ...(fields !== undefined && { additionalModelResponseFields: fields }),
      };
      last = { ...last, ...toServiceTier(metadata?.serviceTier), ...toExtras(said) };
    },
    told() {
      // The sum over some of the answers would pass for that over all.
      const isWhole = known > 0 && known >= ended;
      const usage = includeUsage && isWhole ? { usage: toChatUsage(counted) } : {};
      const final = { ...last, ...usage };
      // Clients that did not ask for a chunk without choices may stumble over it.
      return (includeUsage || extras) && Object.keys(final).length > 0 ? final : undefined;
    },
  };
}
