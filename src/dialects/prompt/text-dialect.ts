import type {
  ContentBlock,
  ConverseStreamEvent,
  JsonObject,
  StopReason,
  Usage,
} from "../../conversation/types.ts";
import type { Dialect } from "../dialect.ts";
import { createEndTokenStage } from "./end-tokens.ts";
import { createLeadStage } from "./lead.ts";
import { throwIfFailed } from "../parts/native-error.ts";
import { createTagSplitter, type Piece, type TagPair, type TagSplitter } from "../parts/tag-splitter.ts";
import { createTextEvents } from "../parts/text-events.ts";

/** What a native answer or a chunk of one says. */
export interface Said {
  text: string;
  /** Undefined while the answer goes on. */
  stopReason?: StopReason | undefined;
  inputTokens?: number | undefined;
  outputTokens?: number | undefined;
}

/** A family that writes the conversation as one prompt and answers in one text. */
export interface TextFamily extends Pick<Dialect, "name" | "traits" | "toBody"> {
  /** Undefined for JSON that is not an answer. */
  readAnswer(body: JsonObject): Said | undefined;
  /** As `readAnswer` where chunks look like answers. Of the counts the last one stands. */
  readChunk?(chunk: JsonObject): Said | undefined;
  /** Of these characters one may stand before the answer: the template has it, not the model. */
  lead?: string;
  /** Tokens that may be left at the end of an answer. */
  endTokens?: readonly string[];
  /** What encloses the thoughts that an answer begins with. */
  thoughts?: TagPair;
}

/** Whole answers and streams are read alike, so that a stream always folds to the whole. */
export function textDialect(family: TextFamily): Dialect {
  const { name, traits, toBody, readAnswer, readChunk = readAnswer } = family;
  return {
    name,
    traits,
    toBody,
    toAnswer(body, continues) {
      const said = readAnswer(body);
      if (!said) return undefined;
      const listener = createListener(family, continues);
      const pieces = [...listener.push(said.text), ...listener.end()];
      const usage = usageOf(said);
      return {
        content: toContent([...pieces, ...(isBlocked(body) ? aloud(pieces) : [])]),
        stopReason: said.stopReason ?? "end_turn",
        ...(usage && { usage }),
      };
    },
    createReader: (continues) => createReader(family, readChunk, continues),
  };
}

function createReader(
  family: TextFamily,
  readChunk: TextFamily["readAnswer"],
  continues: boolean | undefined,
): (chunk: JsonObject) => ConverseStreamEvent[] {
  const listener = createListener(family, continues);
  const events = createTextEvents();
  const counts: Partial<Said> = {};
  const heard: Piece[] = [];
  let isOver = false;
  let blocked = false;
  return (chunk) => {
    throwIfFailed(chunk);
    const said = readChunk(chunk);
    if (!said) return [];
    const { text, stopReason, inputTokens, outputTokens } = said;
    counts.inputTokens = inputTokens ?? counts.inputTokens;
    counts.outputTokens = outputTokens ?? counts.outputTokens;
    isOver ||= stopReason !== undefined;
    const pieces = [...listener.push(text), ...(isOver ? listener.end() : [])];
    if (family.thoughts?.opened) heard.push(...pieces);
    blocked ||= isBlocked(chunk);
    const told = [
      ...events.add([...pieces, ...(blocked && isOver ? aloud(heard) : [])]),
      ...(stopReason === undefined ? [] : events.stop(stopReason)),
    ];
    // Some count in a chunk of its own, after the last word.
    const usage = isOver && usageOf(counts);
    return usage ? [...told, { metadata: { usage } }] : told;
  };
}

/** From the model's raw text to what it says and thinks. */
function createListener({ lead = "", endTokens = [], thoughts }: TextFamily, continues = false): TagSplitter {
  // Between a model's own words and those it goes on with, a blank is the model's too.
  const start = createLeadStage(continues ? "" : lead);
  const finish = createEndTokenStage(endTokens);
  const split = thoughts ? createTagSplitter(thoughts) : NOT_SPLIT;
  return {
    push: (text) => split.push(finish.push(start.push(text))),
    end: () => [...split.push(finish.end()), ...split.end()],
  };
}

const isBlocked = (body: JsonObject): boolean => body["amazon-bedrock-guardrailAction"] === "INTERVENED";

/** A guardrail's words in the model's place: after a prompt that has opened the thoughts they would pass for some. */
const aloud = (pieces: readonly Piece[]): Piece[] =>
  pieces.every(({ kind }) => kind === "reasoning") ? pieces.map(({ text }) => ({ kind: "text", text })) : [];

const NOT_SPLIT: TagSplitter = { push: (text) => [{ kind: "text", text }], end: () => [] };

function toContent(pieces: readonly Piece[]): ContentBlock[] {
  const said = (wanted: Piece["kind"]): string =>
    pieces.flatMap(({ kind, text }) => (kind === wanted ? text : [])).join("");
  const [reasoning, text] = [said("reasoning"), said("text")];
  return [
    ...(reasoning ? [{ reasoningContent: { reasoningText: { text: reasoning } } }] : []),
    ...(text ? [{ text }] : []),
  ];
}

/** Only where both sides are counted: a zero would be taken for a count. */
function usageOf({ inputTokens, outputTokens }: Partial<Said>): Usage | undefined {
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  return { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens };
}
