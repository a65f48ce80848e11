import { type BedrockOpenAIError, invalidRequest } from "../errors.ts";
import { isMissing } from "../optional-package.ts";

/** What is used of a tokenizer. */
export interface Encoding {
  decode(ids: Iterable<number>): string;
}

export interface DecodeTokensOptions {
  /** Bound on all texts together, in UTF-16 units: an id of six characters may stand for more than a hundred. */
  maxChars: number;
  /** Default: `gpt-tokenizer`, an optional peer of 1.2 MB that is loaded with the first ids. */
  load?: () => Promise<Encoding>;
}

/** A list of token ids, and the parameter that it stands in. */
export interface Tokens {
  ids: readonly number[];
  at: string;
}

/**
 * The texts that lists of token ids stand for, in OpenAI's `cl100k_base`.
 * @throws BedrockOpenAIError 400 naming the parameter: no tokenizer, an id that is none, or too long a text.
 */
export async function decodeTokens(
  lists: readonly Tokens[],
  { maxChars, load }: DecodeTokensOptions,
): Promise<string[]> {
  const [first] = lists;
  if (!first) return [];
  const encoding = await loaded(first.at, load);
  let room = maxChars;
  return lists.map(({ ids, at }) => {
    const { text, wrong } = read(ids, encoding, room);
    if (text === undefined) {
      throw invalidRequest(`Invalid '${at}': ${wrong}.`, { code: "invalid_value", param: at });
    }
    room -= text.length;
    return text;
  });
}

/** The encoding of the models that callers of token ids know: GPT-3.5, GPT-4 and `text-embedding-3`. */
async function loaded(at: string, load: DecodeTokensOptions["load"]): Promise<Encoding> {
  try {
    return load ? await load() : await import("gpt-tokenizer/encoding/cl100k_base");
  } catch (cause) {
    throw isMissing(cause, "gpt-tokenizer") ? notInstalled(at, cause) : cause;
  }
}

const notInstalled = (at: string, cause: unknown): BedrockOpenAIError =>
  invalidRequest(
    `Invalid '${at}': token ids cannot be read on this server, since the optional package 'gpt-tokenizer' is not ` +
      "installed there. Send text instead, or install it.",
    { code: "invalid_value", param: at, cause },
  );

/** The tokenizer puts bytes of unfinished characters together in quadratic time. */
const AT_ONCE = 256;

/** The token of the byte 0xff, which is in no character: what is unfinished before it ends there. */
const NO_CHARACTER = [187];

/** Piece by piece, so that a text beyond the bound is never put together. */
function read(
  ids: readonly number[],
  encoding: Encoding,
  room: number,
): { text: string; wrong?: never } | { text?: never; wrong: string } {
  try {
    // The tokenizer keeps half a character for whoever comes next: somebody else's.
    encoding.decode(NO_CHARACTER);
    let text = "";
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      text += encoding.decode(ids.slice(at, at + AT_ONCE));
      if (text.length > room) return { wrong: "the text that these token ids stand for is too long" };
    }
    return { text: text + encoding.decode(NO_CHARACTER).slice(0, -1) };
  } catch {
    return { wrong: "not every one of these is a token id of cl100k_base" };
  }
}
