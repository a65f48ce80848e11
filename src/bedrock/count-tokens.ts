import { estimateTokens } from "../conversation/estimate-tokens.ts";
import type { Conversation } from "../conversation/types.ts";
import type { BedrockOpenAIError } from "../errors.ts";
import type { Courier } from "./courier.ts";
import { fromAwsError } from "./errors.ts";
import { readText } from "./read-text.ts";
import type { Letter } from "./surfaces/surface.ts";
import { toBytes } from "./to-bytes.ts";

export interface TokenCount {
  inputTokens: number;
  /** AWS does not count for this model, or does not tell this identity: a careful guess. */
  estimated: boolean;
}

export type CountTokens = (letter: Letter) => Promise<TokenCount>;

/** Who cannot count for a model today is asked again, but not with every request. */
const REFUSED_MS = 60 * 60_000;

const MAX_MODELS = 500;

/** What of a conversation counts. Source: CountTokens, `input.converse`. */
const counted = ({ messages, system, toolConfig, additionalModelRequestFields }: Conversation): object => ({
  messages,
  system,
  toolConfig,
  additionalModelRequestFields,
});

/** @param now Milliseconds; for tests. */
export function createCountTokens(courier: Courier, now: () => number = Date.now): CountTokens {
  const refusedUntil = new Map<string, number>();

  const remember = (model: string): void => {
    refusedUntil.set(model, now() + REFUSED_MS);
    if (refusedUntil.size > MAX_MODELS) refusedUntil.delete(refusedUntil.keys().next().value!);
  };

  return async ({ target, conversation, attachments, signal }) => {
    const estimate = { inputTokens: estimateTokens(conversation), estimated: true };
    // AWS counts by the base id, and knows no body but its own.
    const model = target.family;
    const known = target.surface === "converse" && model !== "" && (refusedUntil.get(model) ?? 0) <= now();
    if (!known) return estimate;
    try {
      const body = toBytes({ input: { converse: counted(conversation) } }, attachments);
      const { region } = target;
      const delivery = await courier({ operation: "CountTokens", modelId: model, region, body, signal });
      const { inputTokens } = (delivery.output ?? JSON.parse(await readText(delivery.body))) as TokenCount;
      return { inputTokens, estimated: false };
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      const error = fromAwsError(thrown, model);
      if (!cannotCount(error)) throw error;
      remember(model);
      return estimate;
    }
  };
}

/** A request that is wrong itself is refused by every operation; these are about counting. */
const cannotCount = (error: BedrockOpenAIError): boolean =>
  [403, 404].includes(error.status) ||
  (error.status === 400 && /count/i.test((error.cause as Error | undefined)?.message ?? ""));
