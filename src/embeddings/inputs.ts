import type { ContentBlock } from "../conversation/types.ts";
import { isDataUrl } from "../conversation/media/data-url.ts";
import { type MediaFile, toMediaBlock } from "../conversation/media/media-block.ts";
import {
  type EmbeddingInput,
  type EmbeddingItem,
  type EmbeddingPiece,
  PIECES,
} from "../openai/embedding-request.ts";
import { type FetchedMedia, isHttp, sourceOf } from "../reception/files.ts";
import { decodeTokens, type DecodeTokensOptions } from "../tokens/decode-tokens.ts";
import { invalidInput } from "./invalid-input.ts";
import type { Input } from "./family.ts";

/** A piece as it stands in the request: text, or a file by its address or its data. */
interface Given extends Pick<MediaFile, "declared"> {
  kind: MediaFile["kind"] | "text";
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
  // LiteLLM's way: a text that is a data URL is the file in it.
  if (typeof item === "string") return [{ kind: isFile(item) ? kindIn(item) : "text", data: item, at }];
  if (!("content" in item)) return membersOf(item as EmbeddingPiece, at);
  const { content } = item as { content: EmbeddingPiece[] };
  return content.flatMap((piece, index) => membersOf(piece, `${at}.content[${index}]`));
}

const isFile = (text: string): boolean => /^data:(image|audio|video)\/[\w.+-]+;/i.test(text.slice(0, 100));

const kindIn = (url: string): Given["kind"] => /^data:(\w+)/i.exec(url)![1]!.toLowerCase() as Given["kind"];

function membersOf(piece: EmbeddingPiece, at: string): Given[] {
  return PIECES.flatMap((name): Given[] => {
    const value = piece[name];
    if (value == null) return [];
    const place = `${at}.${name}`;
    if (name === "text") return [{ kind: "text", data: value as string, at: place }];
    const kind = name.replace(/^input_|_url$/g, "") as Given["kind"];
    if (typeof value === "string") return [{ kind, data: value, at: place }];
    const { url, data, format } = value as { url?: string; data?: string; format?: string | null };
    const member = data === undefined ? "url" : "data";
    return [{ kind, data: url ?? data ?? "", declared: format ?? undefined, at: `${place}.${member}` }];
  });
}

/** The http(s) URLs of all files, each with the first place that it stands in. */
export function urlsIn(inputs: readonly GivenInput[]): Map<string, string> {
  const urls = new Map<string, string>();
  for (const { kind, data, at } of inputs.flatMap(({ given }) => given))
    if (kind !== "text" && isHttp(data) && !urls.has(data)) urls.set(data, at);
  return urls;
}

/** @throws BedrockOpenAIError 400 for a file that is not what it is said to be. */
export const toInputs = (inputs: readonly GivenInput[], media: FetchedMedia): Input[] =>
  inputs.map(({ given, at }) => ({ pieces: given.map((piece) => toBlock(piece, media)), at }));

function toBlock({ kind, data, declared, at }: Given, media: FetchedMedia): ContentBlock {
  if (kind === "text") return { text: data };
  const source = sourceOf(data, at, media);
  const { block } = toMediaBlock({ source, param: at, kind, declared, fetched: isHttp(data) });
  if (block[kind] === undefined) throw invalidInput(at, `it is not of the kind '${kind}'`);
  return block;
}

/** The texts of a body, not yet validated, that are read as files. */
export function filesIn(body: unknown): string[] {
  const input = typeof body === "object" && body !== null ? (body as { input?: unknown }).input : undefined;
  return [...textsWithin(input, false)];
}

/** In objects files may be bare base64; a text is one only as a data URL. */
function* textsWithin(value: unknown, isMember: boolean): Generator<string> {
  if (typeof value === "string") {
    if (isMember || isDataUrl(value)) yield value;
  } else if (Array.isArray(value)) {
    // Neither token ids nor what is nested in no way that is read.
    if (typeof value[0] !== "number") for (const item of value as unknown[]) yield* textsWithin(item, false);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, member] of Object.entries(value)) yield* textsWithin(member, name !== "text");
  }
}
