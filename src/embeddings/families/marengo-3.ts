import type { JsonObject } from "../../conversation/types.ts";
import type { EmbeddingFamily, Input } from "../family.ts";
import { mediaSourceOf, textIn } from "../pieces.ts";
import { marengoVectors } from "./marengo-vectors.ts";

/** TwelveLabs Marengo Embed 3.0; audio and video only asynchronously. Source: AWS's guide to TwelveLabs Marengo. */
export const MARENGO_3: EmbeddingFamily = {
  name: "marengo-3",
  models: /^twelvelabs\.marengo-embed-/,
  files: { image: ["png", "jpeg"] },
  readsS3: true,
  fuses: "one file",
  dimensions: [512],
  batch: 1,
  refusesBlank: true,
  parameters: [],
  toBody: ([input], { own }) => ({ ...contentOf(input!), ...own }),
  read: ({ data }) => ({ vectors: marengoVectors(data) }),
};

function contentOf(input: Input): JsonObject {
  const inputText = textIn(input);
  const mediaSource = mediaSourceOf(input);
  if (!mediaSource) return { inputType: "text", text: { inputText } };
  if (inputText === undefined) return { inputType: "image", image: { mediaSource } };
  return { inputType: "text_image", text_image: { inputText, mediaSource } };
}
