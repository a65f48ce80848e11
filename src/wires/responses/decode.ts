import type { Message } from "../../conversation/types.ts";
import { invalidRequest } from "../../errors.ts";
import { kindOf } from "../../openai/responses/items.ts";
import type { ResponsesRequest } from "../../openai/responses/request.ts";
import type { FetchedMedia } from "../../reception/files.ts";
import type { Decoded } from "../decoded.ts";
import type { Told } from "../request/anthropic-parts.ts";
import { assemble } from "../request/assemble.ts";
import { defaultTtl } from "../request/auto-cache.ts";
import { createDecoding, type Decoding } from "../request/decoding.ts";
import { decodeFormat } from "../request/format.ts";
import { mediaUrls } from "../request/media-parts.ts";
import { decodeMessages } from "../request/messages.ts";
import type { AskedResponse } from "./asked.ts";
import { formatOf } from "./request/format.ts";
import { inTurns } from "./request/in-turns.ts";
import { readItems } from "./request/items.ts";
import { decodeOffer, toolsOf } from "./request/offer.ts";
import { errorInOwnWords, ownParam } from "./request/own-words.ts";
import type { Open } from "./request/reading.ts";
import { createToolbox, type Toolbox } from "./request/toolbox.ts";
import { foreignFields, noteUnmapped, refuseUnsupported } from "./request/unmapped.ts";
import type { ResponseForm } from "./form.ts";

export interface DecodeOptions {
  /** What was downloaded, by URL. */
  media?: FetchedMedia;
  /** Whether to cache what no part asks for. */
  promptCache?: "auto" | "explicit";
  /** Opens what the caller carries for us. Default: it was sealed by others. */
  openSealed?: Open;
}

type Asked = Pick<AskedResponse, "request" | "items" | "omitted">;

/** A request as a conversation, and the form its answer takes. */
export type DecodedResponse = Omit<Decoded, "attachments"> & { form: ResponseForm };

/**
 * A request for a response as a conversation, before any model's wishes are known, and the form its answer takes.
 * @throws BedrockOpenAIError 400 naming the item or parameter that cannot be sent.
 */
export function decodeResponse(asked: Asked, options: DecodeOptions = {}): DecodedResponse {
  try {
    return decodeAsked(asked, options);
  } catch (thrown) {
    throw errorInOwnWords(thrown);
  }
}

function decodeAsked(
  asked: Asked,
  { media = new Map(), promptCache = "explicit", openSealed = () => "foreign" }: DecodeOptions,
): DecodedResponse {
  const { request } = asked;
  refuseUnsupported(request);
  const decoding = createDecoding(media, defaultTtl(request));
  noteUnmapped(request, decoding);
  noteOmitted(asked, decoding);
  const toolbox = createToolbox(toolsOf(asked));
  const told = toldBy(asked, toolbox, openSealed, decoding);
  const { messages, system } = decodeMessages(told, decoding, () => undefined);
  const decoded = assemble(
    request,
    {
      messages: joined(messages),
      system,
      ...decodeFormat(formatOf(request)),
      formatParam: "response_format",
      toolConfig: decodeOffer(request, toolbox, decoding),
      maxTokens: request.max_output_tokens,
      oneCall: request.parallel_tool_calls === false,
      foreign: foreignFields(request),
      promptCache,
      lastWords: true,
    },
    decoding,
  );
  return { ...decoded, quiet: new Set(), wording: ownParam, form: { tools: toolbox.offered } };
}

/** The http(s) URLs of all files in a request, each with the first place that it stands in. */
export function mediaUrlsOf({ items }: Pick<AskedResponse, "items">): Map<string, string> {
  const read = items.filter(({ item }) => SAYS_FILES.has(kindOf(item)));
  const reading = {
    decoding: createDecoding(new Map()),
    toolbox: createToolbox([]),
    open: () => "foreign" as const,
    callIds: new Map(),
  };
  try {
    const urls = mediaUrls(readItems(read, reading).map(({ told }) => told));
    return new Map([...urls].map(([url, param]) => [url, ownParam(param)]));
  } catch (thrown) {
    throw errorInOwnWords(thrown);
  }
}

const SAYS_FILES: ReadonlySet<string> = new Set([
  "message",
  "function_call_output",
  "custom_tool_call_output",
]);

function toldBy({ request, items }: Asked, toolbox: Toolbox, open: Open, decoding: Decoding): Told[] {
  const callIds = new Map(
    items.flatMap(({ item }) =>
      kindOf(item) === "local_shell_call" && item.id ? [[item.id, String(item["call_id"])]] : [],
    ),
  );
  const told = inTurns(readItems(items, { decoding, toolbox, open, callIds }), decoding);
  if (told.length === 0) throw nothingToAnswer(items.length > 0);
  return [...instructionsOf(request), ...told];
}

/** Those of earlier responses are not these. */
const instructionsOf = ({ instructions }: ResponsesRequest): Told[] =>
  instructions ? [{ message: { role: "system", content: instructions }, at: "instructions" }] : [];

/** What one answer said in several items is one turn. */
function joined(messages: readonly Message[]): Message[] {
  const turns: Message[] = [];
  for (const { role, content } of messages) {
    const turn = turns.at(-1);
    if (role === "assistant" && turn?.role === role) for (const block of content) turn.content.push(block);
    else turns.push({ role, content: [...content] });
  }
  return turns;
}

function noteOmitted({ omitted = 0 }: Asked, decoding: Decoding): void {
  if (omitted > 0)
    decoding.note("input", "dropped", `The oldest ${omitted} items are not sent: the model takes no more.`);
}

const nothingToAnswer = (isGiven: boolean): Error =>
  isGiven
    ? invalidRequest("Invalid 'input': nothing in it can be told to a model on Bedrock.", {
        code: "invalid_value",
        param: "input",
      })
    : invalidRequest("One of 'input', 'previous_response_id' or 'conversation' must be provided.", {
        code: "missing_required_parameter",
        param: "input",
      });
