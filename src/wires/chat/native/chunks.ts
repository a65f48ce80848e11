import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { type Choice, createChoice } from "./choice.ts";
import { envelope, type Origin, toUsage } from "./envelope.ts";

/** A stream's chunks as OpenAI's clients expect them, with one head in common. */
export interface ChunkEditor<Chunk> {
  /**
   * A chunk as it goes to the caller; undefined for one that says nothing.
   * @throws SyntaxError for what is no JSON.
   */
  push(text: string): Chunk | undefined;
  /** The last chunk, with what was counted; undefined where nobody asked. */
  end(): Chunk | undefined;
  /** The answer has said how it ended. */
  readonly complete: boolean;
  /** Some of the answer itself has come. */
  readonly begun: boolean;
  /** What was counted, whoever asked. */
  readonly usage: JsonObject | undefined;
}

/** What a chunk goes to the caller as. */
export interface ChunkForm<Chunk> {
  /** @param json A chunk that need not be read. */
  kept(json: string): Chunk;
  made(chunk: JsonObject): Chunk;
}

/**
 * A quote within a string is escaped, so these are members and never words of the answer. What holds none of them, and
 * the second and third, is a piece of text that need not be read.
 */
const TO_BE_READ =
  /"(tool_calls|function_call|reasoning|reasoning_content|role|error)":|"usage":\{|"delta":\{\}/;
const OF_FIRST = '"index":0';
const GOES_ON = '"finish_reason":null';
/** For those only who asked what the answer costs. */
const NOT_COUNTED = ',"usage":null';

export function createChunkEditor<Chunk>(
  origin: Origin,
  includeUsage: boolean,
  form: ChunkForm<Chunk>,
): ChunkEditor<Chunk> {
  const choices = new Map<unknown, Choice>();
  let head: JsonObject | undefined;
  /** The model in AWS's own words, as it stands in every chunk. */
  let named = "";
  let usage: JsonObject | undefined;
  let begun = false;
  const ours = `"model":${JSON.stringify(origin.model)}`;

  const choiceAt = (index: unknown): Choice => {
    const known = choices.get(index) ?? createChoice(origin);
    choices.set(index, known);
    return known;
  };

  const isPlain = (text: string): boolean =>
    choices.size === 1 &&
    choices.get(0)?.plain === true &&
    text.includes(named) &&
    text.includes(OF_FIRST) &&
    text.includes(GOES_ON) &&
    text.endsWith("}") &&
    !TO_BE_READ.test(text);

  const read = (chunk: JsonObject): Chunk | undefined => {
    usage = toUsage(chunk["usage"]) ?? usage;
    // A head that AWS did not give in full is the same in all chunks.
    head = envelope({ ...head, ...chunk }, "chat.completion.chunk", origin);
    const told = (Array.isArray(chunk["choices"]) ? chunk["choices"] : [])
      .filter(isObject)
      .flatMap((choice) => choiceAt(choice["index"] ?? 0).push(choice) ?? []);
    begun ||= told.some(saysSomething);
    if (told.length === 0) return undefined;
    return form.made({ ...head, choices: told, ...(includeUsage && { usage: null }) });
  };

  return {
    get complete() {
      return choices.size > 0 && [...choices.values()].every(({ finished }) => finished);
    },
    get begun() {
      return begun;
    },
    get usage() {
      return usage;
    },
    push(text) {
      if (named !== "" && isPlain(text)) {
        begun = true;
        const ownName = named === ours ? text : text.replace(named, () => ours);
        return form.kept(includeUsage ? ownName : ownName.replace(NOT_COUNTED, ""));
      }
      const chunk: unknown = JSON.parse(text);
      if (!isObject(chunk)) return undefined;
      const { id, created, object, model } = chunk;
      const isWhole = typeof id === "string" && id !== "" && Number.isInteger(created);
      if (isWhole && object === "chat.completion.chunk" && typeof model === "string")
        named = `"model":${JSON.stringify(model)}`;
      return read(chunk);
    },
    end: () => (includeUsage && usage && head ? form.made({ ...head, choices: [], usage }) : undefined),
  };
}

/** The first chunk may name no more than who speaks. */
const saysSomething = (choice: unknown): boolean => {
  const { delta, finish_reason: reason } = choice as JsonObject;
  return (
    reason !== null ||
    Object.entries(delta as JsonObject).some(([name, value]) => name !== "role" && value !== "")
  );
};
