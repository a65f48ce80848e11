import { toMediaBlock } from "../conversation/media/media-block.ts";
import type { ContentBlock } from "../conversation/types.ts";
import { type FetchedMedia, isHttp, sourceOf } from "../reception/files.ts";
import type { EmbeddingFamily, Input } from "./family.ts";
import type { Given, GivenInput } from "./given.ts";
import { invalidInput } from "./invalid-input.ts";

/** The http(s) URLs of all files, each with the first place that it stands in. */
export function urlsIn(inputs: readonly GivenInput[]): Map<string, string> {
  const urls = new Map<string, string>();
  for (const { kind, data, at } of inputs.flatMap(({ given }) => given))
    if (kind !== "text" && isHttp(data) && !urls.has(data)) urls.set(data, at);
  return urls;
}

/** @throws BedrockOpenAIError 400 for a file that is not what it is said to be, or in a format that the family does not read. */
export const toInputs = (
  inputs: readonly GivenInput[],
  media: FetchedMedia,
  family: Pick<EmbeddingFamily, "files">,
): Input[] =>
  inputs.map(({ given, at }) => ({ pieces: given.map((piece) => toBlock(piece, media, family)), at }));

function toBlock(
  { kind, data, declared, at }: Given,
  media: FetchedMedia,
  { files = {} }: Pick<EmbeddingFamily, "files">,
): ContentBlock {
  if (kind === "text") return { text: data };
  const source = sourceOf(data, at, media);
  const { block } = toMediaBlock({ source, param: at, kind, declared, fetched: isHttp(data) });
  const formats = files[kind] ?? [];
  if (!formats.includes(block[kind]?.format ?? ""))
    throw invalidInput(
      at,
      `this model reads ${kind} as ${formats.join(", ")} only`,
      kind === "image" ? "invalid_image_format" : "unsupported_file",
    );
  return block;
}
