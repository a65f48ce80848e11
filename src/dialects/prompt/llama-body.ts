import type { Traits } from "../../conversation/traits.ts";
import { readCompletion } from "./completion-answer.ts";
import { completionBody, type ConfigNames } from "./completion-body.ts";
import type { Dialect } from "../dialect.ts";
import type { Template } from "./template.ts";
import { textDialect } from "./text-dialect.ts";
import { TEXT_ONLY } from "../parts/text-only.ts";
import { imagesOf } from "./turns.ts";

export interface LlamaFamily {
  name: string;
  template: Template;
  /** The template's special tokens, and those that the family may end a turn with. */
  controlTokens: readonly string[];
  endTokens: readonly string[];
  /** What stands for a picture, in the families that may have one. */
  image?: string;
  traits?: Partial<Traits>;
}

const NAMES: ConfigNames = { maxTokens: "max_gen_len", temperature: "temperature", topP: "top_p" };

const { images: _, ...TEXT_AND_IMAGES } = TEXT_ONLY;

/** Meta's models: all alike but for the template. Source: AWS, Meta Llama models. */
export function llamaDialect(family: LlamaFamily): Dialect {
  const { name, template, controlTokens, endTokens, image, traits } = family;
  return textDialect({
    name,
    traits: {
      ...(image === undefined ? TEXT_ONLY : TEXT_AND_IMAGES),
      topK: "none",
      stopSequences: false,
      controlTokens,
      ...traits,
    },
    toBody(conversation) {
      const images = imagesOf(conversation);
      const marks = { controlTokens, ...(image !== undefined && { image }) };
      return completionBody(conversation, template, marks, NAMES, images.length > 0 ? { images } : {});
    },
    readAnswer: readCompletion,
    endTokens,
    ...(template.assistant.lead !== undefined && { lead: template.assistant.lead }),
  });
}
