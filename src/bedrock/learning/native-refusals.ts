import type { JsonObject } from "../../conversation/types.ts";
import { BedrockOpenAIError } from "../../errors.ts";
import type { NativeApi } from "../models/native-models.ts";
import type { Target } from "../models/target.ts";

/** Stands for every parameter: the endpoint does not serve the model at all. */
export const EVERYTHING = "*";

const MAX_MODELS = 500;

/** Refusals of a parameter, which another way to the model may not refuse. */
const OF_PARAMETER = /^(unsupported|unknown)_parameter$/;
/** Another value might do, so that only this request goes another way. */
const OF_VALUE =
  /^(unsupported_value|invalid_encrypted_content)$|^Unsupported value|^invalid beta flag|^messages\.[\w.]{1,100}: (Invalid `signature` in `thinking` block|Could not process image|Image does not match)/;
/** Anchored: a refusal may quote the caller, and nobody may teach by being quoted. */
const BY_TEXT =
  /^(Validation error: )?((Unsupported|Unknown) parameter|Unknown value|'?[\w.[\] ]{1,100}'? (is|are) not supported (with|for|by|on) this model|this model does not support|[\w.[\]]{1,100}: Extra inputs are not permitted)/i;
/** AWS has been seen to leave `param` empty and to name it in its words alone. */
const NAMED =
  /^(?:Validation error: )?(?:(?:Unsupported|Unknown) (?:parameter|value):? '([^']{1,100})'|'?([\w.[\]]{1,100})'?(?:: Extra inputs| is not supported (?:with|for|by|on) this model))/i;
const OF_MODEL =
  /^((The|This) )?model\b[^"]{0,300}(does not support the '[^']*' API|isn.t supported on this route)/i;

/** What was asked of a native endpoint. */
export interface NativeAsking {
  target: Target;
  api: NativeApi;
  asked: JsonObject;
}

/** What a native endpoint has refused; those who ask for it again are served another way at once. */
export interface NativeRefusals {
  /** Top-level parameters, or `EVERYTHING`. */
  refusedBy(target: Target, api: NativeApi): ReadonlySet<string>;
  /** Whether a failure was such a refusal; it is remembered. */
  refuses(asking: NativeAsking, thrown: unknown): boolean;
}

/** Both hosts know some models by the same id, each API has words of its own, and Regions and accounts differ. */
const keyOf = ({ modelId, region = "", account, native }: Target, api: NativeApi): string =>
  `${account ?? ""} ${native?.host} ${api} ${region} ${modelId}`;

const NOTHING: ReadonlySet<string> = new Set();

const UNAVOIDABLE: ReadonlySet<string> = new Set(["model", "messages", "input"]);

export function createNativeRefusals(): NativeRefusals {
  const models = new Map<string, Set<string>>();
  const remember = ({ target, api }: NativeAsking, parameter: string): void => {
    const key = keyOf(target, api);
    const known = models.get(key) ?? new Set();
    models.delete(key);
    models.set(key, known.add(parameter));
    if (models.size > MAX_MODELS) models.delete(models.keys().next().value!);
  };
  return {
    refusedBy: (target, api) => models.get(keyOf(target, api)) ?? NOTHING,
    refuses(asking, thrown) {
      if (!BedrockOpenAIError.isInstance(thrown) || thrown.status !== 400) return false;
      const said = (thrown.cause as { message?: unknown } | undefined)?.message;
      const message = typeof said === "string" ? said : "";
      if (OF_VALUE.test(thrown.code ?? "") || OF_VALUE.test(message)) return true;
      if (OF_MODEL.test(message)) remember(asking, EVERYTHING);
      else if (!OF_PARAMETER.test(thrown.code ?? "") && !BY_TEXT.test(message)) return false;
      const [parameter = ""] = (thrown.param ?? nameIn(message)).split(/[.[]/);
      // Only what was asked for can have been refused, and what every request has cannot be avoided.
      if (Object.hasOwn(asking.asked, parameter) && !UNAVOIDABLE.has(parameter)) remember(asking, parameter);
      return true;
    },
  };
}

function nameIn(message: string): string {
  const [, quoted, bare = ""] = NAMED.exec(message) ?? [];
  return quoted ?? bare;
}
