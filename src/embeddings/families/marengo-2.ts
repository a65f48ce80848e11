import type { EmbeddingFamily } from "../family.ts";
import { mediaSourceOf, textIn } from "../pieces.ts";
import { marengoVectors } from "./marengo-vectors.ts";

/** TwelveLabs Marengo Embed 2.7; audio and video only asynchronously. Source: AWS's guide to TwelveLabs Marengo. */
export const MARENGO_2: EmbeddingFamily = {
  name: "marengo-2",
  models: /^twelvelabs\.marengo-embed-2/,
  files: { image: ["png", "jpeg"] },
  readsS3: true,
  dimensions: [1024],
  batch: 1,
  refusesBlank: true,
  parameters: ["textTruncate"],
  toBody([input], { own }) {
    const mediaSource = mediaSourceOf(input);
    return mediaSource
      ? { inputType: "image", mediaSource, ...own }
      : { inputType: "text", inputText: textIn(input), textTruncate: "end", ...own };
  },
  read: ({ data }) => ({ vectors: marengoVectors(data) }),
};
