import type { ConverseStreamEvent } from "../../conversation/types.ts";
import type { BedrockExtras } from "../../openai/chat-response.ts";
import { toExtras, toServiceTier } from "./extras.ts";
import { type Counted, toChatUsage } from "./usage.ts";

export interface LastWordsOptions {
  includeUsage: boolean;
  extras: boolean;
}

/**
 * What a stream says beside its choices: usage, the tier, and Bedrock's own words where they were asked for. Listens to all answers
 * of one request; usage is their sum.
 */
export class LastWords {
  readonly #options: LastWordsOptions;
  readonly #counted: Counted[] = [];
  #last: object | undefined;
  #ended = 0;
  #known = 0;

  constructor(options: LastWordsOptions) {
    this.#options = options;
  }

  hear(event: ConverseStreamEvent): void {
    if (event.contentBlockDelta) return;
    const { metadata, messageStop } = event;
    if (!metadata && !messageStop) return;
    if (messageStop) this.#ended += 1;
    if (metadata?.usage) this.#known += 1;
    const fields = messageStop?.additionalModelResponseFields;
    if (fields !== undefined) this.#counted.push({ additionalModelResponseFields: fields });
    if (metadata?.usage) this.#counted.push({ usage: metadata.usage });
    const said: BedrockExtras = {
      ...(metadata?.trace && { trace: metadata.trace }),
      ...(fields !== undefined && { additionalModelResponseFields: fields }),
    };
    this.#last = { ...this.#last, ...toServiceTier(metadata?.serviceTier), ...toExtras(said) };
  }

  /** The members of a last chunk without choices; undefined where there is no such chunk. */
  told(): object | undefined {
    const { includeUsage, extras } = this.#options;
    // The sum over some of the answers would pass for that over all.
    const isWhole = this.#known > 0 && this.#known >= this.#ended;
    const usage = includeUsage && isWhole ? { usage: toChatUsage(this.#counted) } : {};
    const final = { ...this.#last, ...usage };
    // Clients that did not ask for a chunk without choices may stumble over it.
    return (includeUsage || extras) && Object.keys(final).length > 0 ? final : undefined;
  }
}
