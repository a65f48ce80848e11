import type { ContentBlock as Block, SearchResultBlock, ToolResultBlock } from "../../../anthropic/blocks.ts";
import type { Foreign } from "../../../anthropic/tagged.ts";
import type {
  ContentBlock,
  JsonObject,
  ToolResultBlock as ResultBlock,
  ToolUse,
} from "../../../conversation/types.ts";
import { parseArguments } from "../../request/arguments.ts";
import { withCachePoint } from "../../request/cache-marks.ts";
import type { Decoding } from "../../request/decoding.ts";
import { toReasoning } from "../../request/reasoning.ts";
import { decodeFileBlock } from "./files.ts";

/**
 * The blocks of one message, each where it stands and with the cache point it asks for, as the turns they are: every result
 * is one, before what else the user says. Converse's passes treat it as such, whichever wire it came by.
 */
export function decodeTurns(
  content: string | readonly Block[],
  at: string,
  decoding: Decoding,
): ContentBlock[][] {
  if (typeof content === "string") return [[{ text: content }]];
  const results: ContentBlock[][] = [];
  const rest: ContentBlock[] = [];
  for (const [index, block] of content.entries()) {
    const blocks = decodeBlock(block, `${at}.content.${index}`, decoding);
    if (block.type === "tool_result") results.push(blocks);
    else for (const each of blocks) rest.push(each);
  }
  return rest.length > 0 || results.length === 0 ? [...results, rest] : results;
}

function decodeBlock(block: Block, at: string, decoding: Decoding): ContentBlock[] {
  switch (block.type) {
    case "text":
      if (block.citations?.length)
        decoding.noteOnce(`${at}.citations`, "dropped", "What earlier answers cited is not sent.");
      return withCachePoint([{ text: block.text }], block, decoding);
    case "image":
    case "document":
      return withCachePoint(decodeFileBlock(block, at, decoding), block, decoding);
    case "search_result":
      return withCachePoint([toSearchResult(block)], block, decoding);
    case "tool_use":
      return withCachePoint([{ toolUse: toToolUse(block, at, decoding) }], block, decoding);
    case "tool_result":
      return decodeResult(block, at, decoding);
    case "thinking":
    case "redacted_thinking":
      return toReasoning(block);
    case "foreign":
      noteForeign(block, at, decoding);
      return [];
  }
}

function noteForeign({ is }: Foreign, at: string, decoding: Decoding): void {
  decoding.noteOnce(
    at,
    "dropped",
    `Blocks of type '${is}' are not sent: only Anthropic's service reads them.`,
  );
}

const toSearchResult = ({
  source,
  title,
  content,
  citations,
}: SearchResultBlock): { searchResult: JsonObject } => ({
  searchResult: {
    source,
    title,
    content: content.map(({ text }) => ({ text })),
    ...(citations?.enabled && { citations: { enabled: true } }),
  },
});

type Call = Extract<Block, { type: "tool_use" }>;

function toToolUse({ id, name, input }: Call, at: string, decoding: Decoding): ToolUse {
  const text = JSON.stringify(input);
  // Keys of no characters are all that may be wrong with it.
  const sent = text.includes('""') ? parseArguments(text, `${at}.input`, decoding.adjustments) : input;
  return { toolUseId: id, name, input: sent };
}

/** A mark within the result caches the whole result: there is no smaller unit. */
function decodeResult(block: ToolResultBlock, at: string, decoding: Decoding): ContentBlock[] {
  const { content } = block;
  const result: ContentBlock = {
    toolResult: {
      toolUseId: block.tool_use_id,
      content:
        typeof content === "string"
          ? [{ text: content }]
          : (content ?? []).flatMap((part, index) =>
              decodeResultPart(part, `${at}.content.${index}`, decoding),
            ),
      ...(block.is_error && { status: "error" }),
    },
  };
  const marks = typeof content === "string" ? [] : (content ?? []).flatMap(markOf);
  return withCachePoint([result], { cache_control: block.cache_control ?? marks.at(-1) }, decoding);
}

const markOf = (part: ResultPart): Mark[] =>
  part.type !== "foreign" && part.cache_control ? [part.cache_control] : [];

type Mark = NonNullable<ToolResultBlock["cache_control"]>;
type ResultPart = Exclude<NonNullable<ToolResultBlock["content"]>, string>[number];

function decodeResultPart(part: ResultPart, at: string, decoding: Decoding): ResultBlock[] {
  switch (part.type) {
    case "text":
      return [{ text: part.text }];
    case "search_result":
      return [toSearchResult(part) as ResultBlock];
    case "foreign":
      noteForeign(part, at, decoding);
      return [];
    default:
      return decodeFileBlock(part, at, decoding) as ResultBlock[];
  }
}
