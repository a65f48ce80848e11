import { textOf } from "./text-of.ts";
import type { ContentBlock, ContentBlockDelta, ConverseResponse, ConverseStreamEvent } from "./types.ts";

/** A whole response as the events that would have streamed it, each block in one delta. */
export function asEvents(response: ConverseResponse): ConverseStreamEvent[] {
  const {
    output,
    stopReason,
    additionalModelResponseFields: fields,
    usage,
    metrics,
    trace,
    serviceTier,
  } = response;
  return [
    { messageStart: { role: "assistant" } },
    ...output.message.content.flatMap(blockEvents),
    { messageStop: { stopReason, ...(fields !== undefined && { additionalModelResponseFields: fields }) } },
    {
      metadata: {
        usage,
        ...(metrics && { metrics }),
        ...(trace && { trace }),
        ...(serviceTier && { serviceTier }),
      },
    },
  ];
}

function blockEvents(block: ContentBlock, contentBlockIndex: number): ConverseStreamEvent[] {
  const delta = (part: ContentBlockDelta): ConverseStreamEvent => ({
    contentBlockDelta: { contentBlockIndex, delta: part },
  });
  const stop: ConverseStreamEvent = { contentBlockStop: { contentBlockIndex } };
  const { toolUse, reasoningContent: reasoning } = block;
  const text = textOf(block);
  const citations = block.citationsContent?.citations ?? [];
  if (text !== undefined) return [delta({ text }), ...citations.map((citation) => delta({ citation })), stop];
  if (toolUse) {
    const { input, ...call } = toolUse;
    return [
      { contentBlockStart: { contentBlockIndex, start: { toolUse: call } } },
      delta({ toolUse: { input: JSON.stringify(input ?? {}) } }),
      stop,
    ];
  }
  if (!reasoning) return [stop];
  const { reasoningText, redactedContent } = reasoning;
  return [
    ...(reasoningText ? [delta({ reasoningContent: { text: reasoningText.text } })] : []),
    ...(reasoningText?.signature
      ? [delta({ reasoningContent: { signature: reasoningText.signature } })]
      : []),
    ...(redactedContent ? [delta({ reasoningContent: { redactedContent } })] : []),
    stop,
  ];
}
