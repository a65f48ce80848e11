import type { ResponseEvent } from "../../../openai/responses/events.ts";
import type {
  CustomCallItem,
  FunctionCallItem,
  MessageItem,
  MessagePart,
  OutputItem,
  ReasoningItem,
  ResponseAnnotation,
  ResponseObject,
} from "../../../openai/responses/response.ts";

/** An item as it begins, and what is told of it until it is done. */
interface Telling {
  begun: OutputItem;
  pieces: ResponseEvent[];
}

/**
 * The events of a response that is over, from its items: each of their texts in one piece. For those of which no log was kept, or
 * is kept any longer.
 */
export function toldAgain(response: ResponseObject, end: readonly ResponseEvent[]): ResponseEvent[] {
  const { usage: _, ...rest } = response;
  const begun: ResponseObject = {
    ...rest,
    status: "in_progress",
    error: null,
    incomplete_details: null,
    output: [],
    ...("completed_at" in response && { completed_at: null }),
  };
  return [
    { type: "response.created", response: begun },
    { type: "response.in_progress", response: begun },
    ...response.output.flatMap(toldItem),
    ...end,
  ];
}

function toldItem(item: OutputItem, output_index: number): ResponseEvent[] {
  const { begun, pieces } = tellingOf(item, output_index);
  return [
    { type: "response.output_item.added", output_index, item: begun },
    ...pieces,
    { type: "response.output_item.done", output_index, item },
  ];
}

type Teller = (item: never, output_index: number) => Telling;

/** By the kind of item. Of any other kind there are no pieces. */
const TELLERS: Readonly<Record<string, Teller>> = {
  message: (item: MessageItem, output_index) => ({
    begun: { ...item, status: "in_progress", content: [] },
    pieces: item.content.flatMap((part, content_index) =>
      toldPart(part, { item_id: item.id, output_index, content_index }),
    ),
  }),
  reasoning: (item: ReasoningItem, output_index) => {
    const { encrypted_content: _, content: __, ...rest } = item;
    return {
      begun: { ...rest, summary: [], status: "in_progress" },
      pieces: item.summary.flatMap((part, summary_index) =>
        toldSummary(part, { item_id: item.id, output_index, summary_index }),
      ),
    };
  },
  function_call: (item: FunctionCallItem, output_index) => {
    const place = { item_id: item.id, output_index };
    const { arguments: written, name } = item;
    return {
      begun: { ...item, arguments: "", status: "in_progress" },
      pieces: [
        ...ifAny(written, (delta) => ({ type: "response.function_call_arguments.delta", ...place, delta })),
        { type: "response.function_call_arguments.done", ...place, arguments: written, name },
      ],
    };
  },
  custom_tool_call: (item: CustomCallItem, output_index) => {
    const place = { item_id: item.id, output_index };
    const { input } = item;
    return {
      begun: { ...item, input: "", status: "in_progress" },
      pieces: [
        ...ifAny(input, (delta) => ({ type: "response.custom_tool_call_input.delta", ...place, delta })),
        { type: "response.custom_tool_call_input.done", ...place, input },
      ],
    };
  },
};

const tellingOf = (item: OutputItem, output_index: number): Telling =>
  TELLERS[item.type]?.(item as never, output_index) ?? { begun: item, pieces: [] };

interface PartPlace {
  item_id: string;
  output_index: number;
  content_index: number;
}

function toldPart(part: MessagePart, place: PartPlace): ResponseEvent[] {
  if (part.type === "refusal")
    return [
      { type: "response.content_part.added", ...place, part: { type: "refusal", refusal: "" } },
      ...ifAny(part.refusal, (delta) => ({ type: "response.refusal.delta", ...place, delta })),
      { type: "response.refusal.done", ...place, refusal: part.refusal },
      { type: "response.content_part.done", ...place, part },
    ];
  const { text, logprobs, annotations } = part;
  const empty: MessagePart = { type: "output_text", text: "", annotations: [], logprobs: [] };
  return [
    { type: "response.content_part.added", ...place, part: empty },
    ...ifAny(text, (delta) => ({ type: "response.output_text.delta", ...place, delta, logprobs })),
    ...annotations.map((annotation, index) => annotated(annotation, index, place)),
    { type: "response.output_text.done", ...place, text, logprobs },
    { type: "response.content_part.done", ...place, part },
  ];
}

const annotated = (
  annotation: ResponseAnnotation,
  annotation_index: number,
  place: PartPlace,
): ResponseEvent => ({
  type: "response.output_text.annotation.added",
  ...place,
  annotation_index,
  annotation,
});

function toldSummary(
  part: ReasoningItem["summary"][number],
  place: { item_id: string; output_index: number; summary_index: number },
): ResponseEvent[] {
  const { text } = part;
  return [
    { type: "response.reasoning_summary_part.added", ...place, part: { type: "summary_text", text: "" } },
    ...ifAny(text, (delta) => ({ type: "response.reasoning_summary_text.delta", ...place, delta })),
    { type: "response.reasoning_summary_text.done", ...place, text },
    { type: "response.reasoning_summary_part.done", ...place, part },
  ];
}

const ifAny = (text: string, told: (delta: string) => ResponseEvent): ResponseEvent[] =>
  text === "" ? [] : [told(text)];
