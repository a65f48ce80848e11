import type OpenAI7 from "openai";
import type OpenAI6 from "openai6";
import { describe, expectTypeOf, it } from "vitest";
import type { OtherEvent, ResponseEvent } from "../../src/openai/responses/events.ts";
import type {
  CustomCallItem,
  FunctionCallItem,
  MessageItem,
  ReasoningItem,
  ResponseAnnotation,
  ResponseStatus,
  ResponseUsage,
} from "../../src/openai/responses/response.ts";

/** The likelihoods of tokens, which Bedrock does not tell: the list is always empty. */
type WithoutLogprobs<T> = Omit<T, "logprobs"> & { logprobs: [] };

/** As it is written: with its number. Annotations are open in OpenAI's types, and whole responses and items are compared apart. */
type Numbered<T> = T extends { item: unknown } | { response: unknown } | { part: unknown }
  ? never
  : T extends { type: "error" }
    ? Omit<T, "error"> & { sequence_number: number }
    : (T extends { logprobs: unknown } ? WithoutLogprobs<T> : T) & { sequence_number: number };

type Told = Numbered<Exclude<ResponseEvent, OtherEvent>>;

type Content = MessageItem["content"][number];
type Message = Omit<MessageItem, "content"> & {
  content: (Content extends infer Part
    ? Part extends { logprobs: unknown }
      ? WithoutLogprobs<Part>
      : Part
    : never)[];
};

describe("OpenAI's types and ours, of responses", () => {
  it("what an answer consists of is what the client expects", () => {
    expectTypeOf<Message>().toExtend<OpenAI7.Responses.ResponseOutputMessage>();
    expectTypeOf<Message>().toExtend<OpenAI6.Responses.ResponseOutputMessage>();
    expectTypeOf<ReasoningItem>().toExtend<OpenAI7.Responses.ResponseReasoningItem>();
    expectTypeOf<ReasoningItem>().toExtend<OpenAI6.Responses.ResponseReasoningItem>();
    expectTypeOf<FunctionCallItem>().toExtend<OpenAI7.Responses.ResponseFunctionToolCallItem>();
    expectTypeOf<FunctionCallItem>().toExtend<OpenAI6.Responses.ResponseFunctionToolCallItem>();
    expectTypeOf<CustomCallItem>().toExtend<OpenAI7.Responses.ResponseCustomToolCall>();
    expectTypeOf<CustomCallItem>().toExtend<OpenAI6.Responses.ResponseCustomToolCall>();
    expectTypeOf<ResponseAnnotation>().toExtend<OpenAI7.Responses.ResponseOutputText.URLCitation>();
    expectTypeOf<ResponseUsage>().toExtend<OpenAI7.Responses.ResponseUsage>();
    expectTypeOf<ResponseStatus>().toEqualTypeOf<OpenAI7.Responses.ResponseStatus>();
  });

  it("what is told of it is what the client expects", () => {
    expectTypeOf<Told>().toExtend<OpenAI7.Responses.ResponseStreamEvent>();
    expectTypeOf<Told>().toExtend<OpenAI6.Responses.ResponseStreamEvent>();
  });
});
