import type { CommonRequest } from "../../openai/common-parameters.ts";
import type { FetchedMedia } from "../../reception/files.ts";
import type { JsonObject } from "../../conversation/types.ts";
import type { Decoded } from "../decoded.ts";
import { assemble } from "../request/assemble.ts";
import { defaultTtl } from "../request/auto-cache.ts";
import { createDecoding } from "../request/decoding.ts";
import { decodeFormat, type DecodedFormat } from "../request/format.ts";
import { asksForExtras } from "../request/parameters.ts";
import { betasIn } from "./request/betas.ts";
import { inCommonWords } from "./request/common.ts";
import { knownBetas } from "./request/known-betas.ts";
import { decodeMessages } from "./request/messages.ts";
import type { AskedRequest } from "./request/shape.ts";
import { decodeTools, type DecodedTools } from "./request/tools.ts";
import { nativeFields, noteUnmapped } from "./request/unmapped.ts";
import type { MessageForm } from "./reply/form.ts";

export interface DecodeOptions {
  /** What was downloaded, by URL. */
  media?: FetchedMedia;
  /** Whether to cache what no block asks for. */
  promptCache?: "auto" | "explicit";
}

/**
 * A request for a message as a conversation, before any model's wishes are known, and the form its answer takes.
 * @throws BedrockOpenAIError 400 naming the block or parameter that cannot be sent.
 */
export function decode(
  request: AskedRequest,
  { media = new Map(), promptCache = "explicit" }: DecodeOptions = {},
): Omit<Decoded, "attachments"> & { form: MessageForm } {
  const common = inCommonWords(request);
  const decoding = createDecoding(media, defaultTtl(common));
  noteUnmapped(request, decoding);
  const { toolConfig, ...own } = decodeTools(request, decoding);
  const { betas, adjustments } = knownBetas([...new Set([...betasIn(request), ...own.betas])]);
  decoding.adjustments.push(...adjustments);
  const stops = [common.stop ?? []].flat();
  const decoded = assemble(
    { ...withStopPaths(common, stops), additionalModelRequestFields: past(common, own) },
    {
      ...decodeMessages(request, decoding),
      ...formatOf(request),
      formatParam: "output_config.format",
      toolConfig,
      maxTokens: request.max_tokens,
      oneCall: wantsOneCall(request),
      foreign: withBetas(nativeFields(request), betas),
      promptCache,
      // Usage is always told.
      lastWords: true,
    },
    decoding,
  );
  return { ...decoded, quiet: new Set(), form: { stops, extras: asksForExtras(common) } };
}

const withBetas = (fields: JsonObject, betas: readonly string[]): JsonObject =>
  betas.length > 0 ? { ...fields, anthropic_beta: betas } : fields;

/** What goes to Claude past Converse; fitting knows what it is to others. */
const past = (
  { additionalModelRequestFields: given }: CommonRequest,
  { tools, choice }: Omit<DecodedTools, "toolConfig">,
): JsonObject => ({
  ...(tools.length > 0 && { tools }),
  ...(choice && { tool_choice: choice }),
  ...given,
});

function formatOf({ output_config: output, output_format: beta }: AskedRequest): DecodedFormat {
  const { schema } = output?.format ?? beta ?? {};
  if (!schema) return {};
  return decodeFormat({ response_format: { type: "json_schema", json_schema: { name: "", schema } } });
}

/** Where Claude's own body says which of several sequences it stopped at. Of one there is no question. */
const STOP_PATHS = ["/stop_sequence", "/delta/stop_sequence"];

function withStopPaths(common: CommonRequest, stops: readonly string[]): CommonRequest {
  const paths = [...new Set([...(common.additionalModelResponseFieldPaths ?? []), ...STOP_PATHS])];
  return stops.length > 1 && paths.length <= 10
    ? { ...common, additionalModelResponseFieldPaths: paths }
    : common;
}

const wantsOneCall = ({ tool_choice: choice }: AskedRequest): boolean =>
  choice != null && choice.type !== "none" && choice.disable_parallel_tool_use === true;
