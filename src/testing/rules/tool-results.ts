import { CLAUDE, NOVA, rowFor } from "./families.ts";
import { placedMedia } from "./placed-media.ts";
import type { MediaKind } from "./placed-media.ts";
import { placedBlocks } from "./request.ts";
import { firstOf, unsupportedField } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** What besides text and JSON a family takes inside a tool result; the others take nothing. */
const NESTED_MEDIA: readonly { models: RegExp; kinds: readonly MediaKind[] }[] = [
  { models: CLAUDE, kinds: ["image", "document"] },
  { models: NOVA, kinds: ["image", "document", "video"] },
];

export const TOOL_RESULT_RULES: readonly Rule[] = [
  {
    name: "few models see what is inside a tool result",
    check: (request, { baseId }) =>
      firstOf(placedMedia(request), ({ kind, nested }) =>
        nested && baseId && !rowFor(NESTED_MEDIA, baseId)?.kinds.includes(kind)
          ? `This model doesn't support the ${kind} field that you provided in the toolResult content block. ` +
            "Update the content block and try again."
          : undefined,
      ),
  },
  {
    name: "only Claude and Nova know whether a tool failed",
    check: (request, { baseId }) =>
      baseId &&
      !rowFor(NESTED_MEDIA, baseId) &&
      placedBlocks(request).some(({ block }) => block.toolResult?.status)
        ? unsupportedField("toolResult.status")
        : undefined,
  },
];
