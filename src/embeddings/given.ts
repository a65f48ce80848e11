import type { MediaFile } from "../conversation/media/media-block.ts";
import {
  type EmbeddingInput,
  type EmbeddingItem,
  type EmbeddingPiece,
  PIECES,
} from "../openai/embedding-request.ts";
import { decodeTokens, type DecodeTokensOptions } from "../tokens/decode-tokens.ts";
import type { FileKind, Kind } from "./family.ts";
import { invalidInput } from "./invalid-input.ts";

/** A piece as it stands in the request: text, or a file by its address or its data. */
export interface Given extends Pick<MediaFile, "declared"> {
  kind: Kind;
  data: string;
  at: string;
}

/** What one vector is to be made of. */
export interface GivenInput {
  given: readonly Given[];
  at: string;
}

/**
 * What a request gives to embed, in its order; token ids as the text that they stand for.
 * @throws BedrockOpenAIError 400 for empty text, and for token ids that cannot be read.
 */
export async function givenInputs(
  input: EmbeddingInput,
  options: DecodeTokensOptions,
): Promise<GivenInput[]> {
  const listed = list(input);
  const tokens = listed.flatMap(({ item, at }) => (Array.isArray(item) ? [{ ids: item, at }] : []));
  const texts = (await decodeTokens(tokens, options)).values();
  const inputs = listed.map(({ item, at }): GivenInput => {
    if (Array.isArray(item)) return { given: [{ kind: "text", data: texts.next().value ?? "", at }], at };
    return { given: piecesOf(item, at), at };
  });
  for (const { given } of inputs)
    for (const { kind, data, at } of given)
      if (kind === "text" && data === "") throw invalidInput(at, "it is empty");
  return inputs;
}

interface Listed {
  item: EmbeddingItem | number[];
  at: string;
}

function list(input: EmbeddingInput): Listed[] {
  if (!Array.isArray(input)) return [{ item: input, at: "input" }];
  if (typeof input[0] === "number") return [{ item: input as number[], at: "input" }];
  return (input as (EmbeddingItem | number[])[]).map((item, index) => ({ item, at: `input[${index}]` }));
}

function piecesOf(item: EmbeddingItem, at: string): Given[] {
  if (typeof item === "string") return [{ kind: fileKindOf(item) ?? "text", data: item, at }];
  if (!("content" in item)) return membersOf(item as EmbeddingPiece, at);
  const { content } = item as { content: EmbeddingPiece[] };
  return content.flatMap((piece, index) => membersOf(piece, `${at}.content[${index}]`));
}

/** LiteLLM's way: a text that is a data URL is the file in it. */
export const fileKindOf = (text: string): FileKind | undefined =>
  /^data:(image|audio|video)\/[\w.+-]+;/i.exec(text.slice(0, 100))?.[1]!.toLowerCase() as
    | FileKind
    | undefined;

function membersOf(piece: EmbeddingPiece, at: string): Given[] {
  return PIECES.flatMap((name): Given[] => {
    const value = piece[name];
    if (value == null) return [];
    const place = `${at}.${name}`;
    if (name === "text") return [{ kind: "text", data: value as string, at: place }];
    const kind = name.replace(/^input_|_url$/g, "") as FileKind;
    if (typeof value === "string") return [{ kind, data: value, at: place }];
    const { url, data, format } = value as { url?: string; data?: string; format?: string | null };
    const member = data === undefined ? "url" : "data";
    return [{ kind, data: url ?? data ?? "", declared: format ?? undefined, at: `${place}.${member}` }];
  });
}
