import type { ContentBlock, JsonObject } from "../conversation/types.ts";

export type FileKind = "image" | "audio" | "video";

/** What an input may be made of. */
export type Kind = "text" | FileKind;

/** One input, which becomes one vector. */
export interface Input {
  /** Pieces in Converse's words: `{ text }`, `{ image: { format, source } }`, … */
  pieces: readonly ContentBlock[];
  /** Where it stands in the request. */
  at: string;
}

/** What vectors are for, in Cohere's words, which every family's are told from. */
export type InputType = "search_document" | "search_query" | "classification" | "clustering";

export interface Settings {
  /** One of the family's, or its usual one where nothing is asked. */
  dimensions: number | undefined;
  inputType: InputType | undefined;
  /** The family's own parameters, by their AWS names, as the caller gave them. */
  own: JsonObject;
}

/** How one family of embedding models is called by InvokeModel. */
export interface EmbeddingFamily {
  name: string;
  /** The base ids it serves. */
  models: RegExp;
  /** What it embeds beside text, and the formats that it reads, in Converse's words. Default: nothing. */
  files?: Readonly<Partial<Record<FileKind, readonly string[]>>>;
  /** Its files may lie in S3. */
  readsS3?: boolean;
  /** Pieces that may become one vector together: texts and one file, or whatever there is. Default: one piece a vector. */
  fuses?: "one file" | "all";
  /** The sizes that can be asked for; of a family with one size only that one, which it is not told. */
  dimensions: readonly number[];
  /** Inputs of one call. */
  batch: number;
  /** Calls of their own for those that share none. */
  alone?(input: Input): boolean;
  /** Longer texts are cut where the family has a `truncate`, and refused where it has none. */
  maxChars?: number;
  /** Blank text is refused. */
  refusesBlank?: boolean;
  /** Tells its inputs' purpose apart. */
  hasInputType?: boolean;
  /** Parameters of its own that a caller may set, by their AWS names. */
  parameters: readonly string[];
  /** @throws BedrockOpenAIError 400 for an input or a parameter that it cannot be given. */
  toBody(inputs: readonly Input[], settings: Settings): JsonObject;
  /** @param answer One call's answer; in the place of each list of numbers stands its index. */
  read(answer: JsonObject, settings: Settings): Answered;
}

export interface Answered {
  /** The index of each input's vector, in their order; something else where there is none. */
  vectors: readonly unknown[];
  /** Tokens of the input, where the body tells them. */
  tokens?: unknown;
}
