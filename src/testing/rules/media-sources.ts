import { CLAUDE, NOVA } from "./families.ts";
import { placedMedia } from "./placed-media.ts";
import { firstOf, modelError, unsupportedField } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const MEDIA_SOURCE_RULES: readonly Rule[] = [
  {
    name: "only Nova fetches media from S3",
    check: (request, { baseId }) =>
      firstOf(placedMedia(request), ({ kind, source, at }) => {
        if (!source.s3Location || !baseId || NOVA.test(baseId)) return undefined;
        // Claude is handed a source without a type, and that is all it has to say.
        if (CLAUDE.test(baseId)) return modelError(`${at}.source.type: Field required`);
        return unsupportedField(`${kind}.source.s3Location`);
      }),
  },
];
