import type {
  ContentBlock,
  CitationsContent,
  ContentBlockDelta,
  ConverseResponse,
  ConverseStreamEvent,
  ImageBlock,
  JsonObject,
  ToolUse,
} from "../../conversation/types.ts";

/** Deltas that the shared wire types leave out because nothing in the library writes them. */
type Delta = ContentBlockDelta & { image?: Pick<ImageBlock, "source"> };
type Start = { toolUse?: Omit<ToolUse, "input">; image?: Pick<ImageBlock, "format"> };

const REDACTED_PIECE_BYTES = 20;

/** Cuts a Converse response into the events AWS would have streamed it as. */
export function* streamEvents(response: ConverseResponse): Generator<ConverseStreamEvent> {
  const {
    output,
    stopReason,
    additionalModelResponseFields,
    usage,
    metrics,
    trace,
    performanceConfig,
    serviceTier,
  } = response;
  yield { messageStart: { role: "assistant" } };
  for (const [contentBlockIndex, block] of (output.message?.content ?? []).entries()) {
    const start = blockStart(block);
    if (start) yield { contentBlockStart: { contentBlockIndex, start } };
    for (const delta of blockDeltas(block)) yield { contentBlockDelta: { contentBlockIndex, delta } };
    yield { contentBlockStop: { contentBlockIndex } };
  }
  yield {
    messageStop: {
      stopReason,
      ...(additionalModelResponseFields !== undefined && { additionalModelResponseFields }),
    },
  };
  yield {
    metadata: {
      usage,
      metrics: metrics ?? { latencyMs: 1 },
      ...(trace && { trace }),
      ...(performanceConfig && { performanceConfig }),
      ...(serviceTier && { serviceTier }),
    },
  };
}

/** Text and reasoning blocks open without a word; AWS announces only these. */
function blockStart(block: ContentBlock): Start | undefined {
  if (block.toolUse) {
    const { toolUseId, name, type } = block.toolUse;
    return { toolUse: { toolUseId, name, ...(type && { type }) } };
  }
  if (block.image) return { image: { format: block.image.format } };
  return undefined;
}

function* blockDeltas(block: ContentBlock): Generator<Delta> {
  if (block.text !== undefined) for (const text of words(block.text)) yield { text };
  if (block.toolUse) for (const input of fragments(block.toolUse.input)) yield { toolUse: { input } };
  if (block.image) yield { image: { source: block.image.source } };
  if (block.citationsContent) yield* citationDeltas(block.citationsContent);
  const { reasoningText, redactedContent } = block.reasoningContent ?? {};
  if (reasoningText) {
    for (const text of words(reasoningText.text)) yield { reasoningContent: { text } };
    if (reasoningText.signature) yield { reasoningContent: { signature: reasoningText.signature } };
  }
  if (redactedContent) {
    for (const piece of bytePieces(redactedContent)) yield { reasoningContent: { redactedContent: piece } };
  }
}

function* citationDeltas({ content = [], citations = [] }: CitationsContent): Generator<Delta> {
  for (const { text = "" } of content) for (const word of words(text)) yield { text: word };
  for (const citation of citations) yield { citation };
}

/** The pieces in which a text is streamed. */
export function words(text: string): string[] {
  return text.match(/\s*\S+\s*$|\s*\S+|\s+/g) ?? [];
}

/** Like Claude on Bedrock: an empty fragment first, and nothing but it for a call without arguments. */
export function fragments(input: JsonObject): string[] {
  const json = JSON.stringify(input);
  return json === "{}" ? [""] : ["", ...(json.match(/[^]{1,8}/gu) ?? [])];
}

/** Each piece is base64 of its own bytes, so that joining the strings instead of the bytes goes wrong. */
function bytePieces(base64: string): string[] {
  const bytes = Buffer.from(base64, "base64");
  const count = Math.max(1, Math.ceil(bytes.length / REDACTED_PIECE_BYTES));
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * REDACTED_PIECE_BYTES, (index + 1) * REDACTED_PIECE_BYTES).toString("base64"),
  );
}
