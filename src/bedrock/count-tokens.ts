import { estimateTokens } from "../conversation/estimate-tokens.ts";
import type { Conversation } from "../conversation/types.ts";
import type { BedrockOpenAIError } from "../errors.ts";
import { type Attachments, indexOfToken } from "../http/attachments.ts";
import type { Courier } from "./courier/courier.ts";
import { fromAwsError } from "./errors/errors.ts";
import { readText } from "./courier/read-text.ts";
import type { Letter } from "./surfaces/surface.ts";
import { toBytes } from "./courier/to-bytes.ts";

export interface TokenCount {
  inputTokens: number;
  /** AWS does not count for this model, or does not tell this identity: a careful guess. */
  estimated: boolean;
}

/** Counts a conversation that is ready to be sent; what fitting dropped is not in it. */
export type CountTokens = (letter: Omit<Letter, "tries">) => Promise<TokenCount>;

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
    refusedUntil.delete(model);
    refusedUntil.set(model, now() + REFUSED_MS);
    if (refusedUntil.size > MAX_MODELS) refusedUntil.delete(refusedUntil.keys().next().value!);
  };

  return async ({ target, conversation, attachments, signal }) => {
    // AWS counts by the base id, and knows no body but its own.
    const { family: modelId, region, account, surface } = target;
    const place = `${account ?? ""} ${region ?? ""} ${modelId}`;
    const asks = surface === "converse" && COUNTABLE.test(modelId) && (refusedUntil.get(place) ?? 0) <= now();
    const estimate = (): TokenCount => ({
      inputTokens: estimateTokens(conversation, (base64) => sizeOf(base64, attachments)),
      estimated: true,
    });
    if (!asks) return estimate();
    try {
      const body = toBytes({ input: { converse: counted(conversation) } }, attachments);
      const delivery = await courier({ operation: "CountTokens", modelId, region, account, body, signal });
      const { inputTokens } = (delivery.output ?? JSON.parse(await readText(delivery.body))) as TokenCount;
      return Number.isSafeInteger(inputTokens) ? { inputTokens, estimated: false } : estimate();
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      const error = fromAwsError(thrown, target.modelId);
      if (!cannotCount(error)) throw error;
      remember(place);
      return estimate();
    }
  };
}

/** AWS's own bound on the ids it counts for; what was imported or made has none. */
const COUNTABLE = /^(?!imported\.)[a-z0-9]+\.[\w.:-]{1,240}$/;

/** Bytes; of a large file they stand apart, behind a token at the end of what is left of its base64. */
function sizeOf(base64: string, { prefix, files }: Attachments): number {
  const index = prefix === "" ? undefined : indexOfToken(base64, prefix);
  const chars = base64.length + (index === undefined ? 0 : (files[index]?.byteLength ?? 0));
  return Math.floor(chars / 4) * 3;
}

/** AWS's wording for a model that it does not count for. */
const UNCOUNTED = /support[^.]{0,40}\bcount(ing)?[ -]?tokens/i;

/** These say nothing of the request: AWS may not be asked, or knows no such model by its base id. */
const CODES: ReadonlySet<string | null> = new Set([
  "model_not_available",
  "model_agreement_pending",
  "model_not_found",
  "inference_profile_required",
]);

/** A request that is wrong itself is refused by every operation; these are about counting. */
const cannotCount = (error: BedrockOpenAIError): boolean =>
  CODES.has(error.code) ||
  error.status === 404 ||
  UNCOUNTED.test((error.cause as Error | undefined)?.message ?? "");
