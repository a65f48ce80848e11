import { placedMedia } from "./placed-media.ts";
import type { MediaKind } from "./placed-media.ts";
import { placedBlocks } from "./request.ts";
import { firstOf } from "./rule.ts";
import type { Rule } from "./rule.ts";

const WITHOUT_TOOLS =
  /^amazon\.titan|^mistral\.(mistral-7b|mixtral)|^meta\.llama(2|3-(8b|70b))|^cohere\.command-(light-)?text|^ai21\.j2|^deepseek\.r1|^openai\.gpt-oss-safeguard|^google\.gemma-3-12b/;
const WITHOUT_STREAMED_TOOLS = /^meta\.llama|^ai21\.jamba/;
const WITHOUT_SYSTEM =
  /^amazon\.titan|^mistral\.(mistral-7b|mixtral)|^cohere\.command-(light-)?text|^ai21\.j2/;
const WITHOUT_DOCUMENTS = /^moonshotai\.kimi-k3/;

/** Blocks that need a modality, by the name the catalogue gives it. */
const MODALITIES: Partial<Record<MediaKind, string>> = { image: "IMAGE", video: "VIDEO", audio: "AUDIO" };

/** What a model cannot do at all. */
export const SUPPORT_RULES: readonly Rule[] = [
  {
    name: "some models have no tools",
    check: ({ toolConfig }, { baseId }) =>
      toolConfig && WITHOUT_TOOLS.test(baseId) ? "This model doesn't support tool use." : undefined,
  },
  {
    name: "some models have no tools in streams",
    check: ({ toolConfig }, { baseId }, streaming) =>
      toolConfig && streaming && WITHOUT_STREAMED_TOOLS.test(baseId)
        ? "This model doesn't support tool use in streaming mode."
        : undefined,
  },
  {
    name: "some models have no system prompt",
    check: ({ system = [] }, { baseId }) =>
      system.length > 0 && WITHOUT_SYSTEM.test(baseId)
        ? "This model doesn't support system messages. Try again without a system message or use a model that supports " +
          "system messages."
        : undefined,
  },
  {
    name: "some models cannot see or hear",
    check: (request, { row }) =>
      firstOf(placedMedia(request), ({ kind }) => {
        const modality = MODALITIES[kind];
        return modality && row && !row.input.includes(modality)
          ? `This model doesn't support the ${kind} content block that you provided. Update the content block and try again.`
          : undefined;
      }),
  },
  {
    name: "some models cannot read documents",
    check: (request, { baseId }) =>
      WITHOUT_DOCUMENTS.test(baseId) && placedBlocks(request).some(({ block }) => block.document)
        ? "This model doesn't support documents. Try again without documents or use a model that supports documents."
        : undefined,
  },
];
