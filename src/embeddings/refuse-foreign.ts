import type { EmbeddingFamily } from "./family.ts";
import type { Given, GivenInput } from "./given.ts";
import { invalidInput } from "./invalid-input.ts";

/**
 * Refuses what a family does not embed, before a file is downloaded for it.
 * @throws BedrockOpenAIError 400 naming the input.
 */
export function refuseForeign(inputs: readonly GivenInput[], family: EmbeddingFamily): void {
  for (const { given, at } of inputs) {
    for (const piece of given) refuseFile(piece, family);
    if (!isOneVector(given, family))
      throw invalidInput(at, `this model makes a vector of ${TOGETHER[family.fuses ?? "none"]}`, UNSUPPORTED);
  }
}

const UNSUPPORTED = "unsupported_value";

const TOGETHER = { none: "one piece only", "one file": "texts and one image only", all: "all" };

function refuseFile({ kind, data, at }: Given, { files = {}, readsS3 }: EmbeddingFamily): void {
  if (kind === "text") return;
  if (!files[kind])
    throw invalidInput(
      at,
      `this model embeds ${["text", ...Object.keys(files)].join(", ")} only`,
      UNSUPPORTED,
    );
  if (data.startsWith("s3://") && !readsS3)
    throw invalidInput(at, "this model reads no files from S3: send the file itself", UNSUPPORTED);
}

function isOneVector(given: readonly Given[], { fuses }: EmbeddingFamily): boolean {
  if (fuses === "all" || given.length === 1) return true;
  return fuses === "one file" && given.filter(({ kind }) => kind !== "text").length <= 1;
}
