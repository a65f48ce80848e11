import type OpenAI from "openai";
import { describe, expectTypeOf, it } from "vitest";
import {
  type Answered,
  type AskedModel,
  type BedrockOpenAIHandler,
  type BedrockOpenAIOptions,
  type ChatCompletion,
  type ChatCompletionChunk,
  type ChatCompletionRequest,
  completeChat,
  countTokens,
  describeModel,
  embed,
  type EmbeddingsResult,
  type EmbeddingsRequest,
  type Mode,
  type ModelDescription,
  streamChat,
  type Supports,
  type TokenCount,
} from "../../src/index.ts";

type Given = BedrockOpenAIOptions | BedrockOpenAIHandler | undefined;

describe("what people call beside the handler", () => {
  it("countTokens takes OpenAI's own parameters, as a variable and as they are written", () => {
    const parameters = {} as OpenAI.ChatCompletionCreateParams;
    expectTypeOf(countTokens(parameters)).resolves.toEqualTypeOf<TokenCount>();
    const written = () =>
      countTokens({ model: "a", messages: [{ role: "user", content: "a" }], tools: [], top_k: 1 });
    expectTypeOf(written).returns.resolves.toEqualTypeOf<TokenCount>();
    expectTypeOf(countTokens).parameter(1).toEqualTypeOf<Given>();
    // @ts-expect-error -- the point of the test: a request without a model must not compile.
    const nameless = () => countTokens({ messages: [] });
    expectTypeOf(nameless).toBeFunction();
  });

  it("describeModel takes a name, or a name and an id", () => {
    expectTypeOf(describeModel).parameter(0).toEqualTypeOf<string | AskedModel>();
    expectTypeOf(describeModel).parameter(1).toEqualTypeOf<Given>();
    expectTypeOf(describeModel).returns.resolves.toEqualTypeOf<ModelDescription>();
    expectTypeOf<ModelDescription["supports"]>().toEqualTypeOf<Supports | undefined>();
    expectTypeOf<ModelDescription["mode"]>().toEqualTypeOf<Mode | undefined>();
    expectTypeOf<Supports[keyof Supports]>().toEqualTypeOf<boolean>();
  });
});

describe("what people call in the place of a handler", () => {
  const handler = {} as BedrockOpenAIHandler;
  const { signal } = new AbortController();

  it("takes OpenAI's own parameters, as a variable and as they are written", () => {
    const parameters = {} as OpenAI.ChatCompletionCreateParams;
    expectTypeOf(completeChat(parameters)).resolves.toEqualTypeOf<Answered<ChatCompletion>>();
    expectTypeOf(streamChat(parameters, handler, { signal })).resolves.toEqualTypeOf<
      Answered<AsyncIterable<ChatCompletionChunk>>
    >();
    expectTypeOf(embed({} as OpenAI.EmbeddingCreateParams, {})).resolves.toEqualTypeOf<
      Answered<EmbeddingsResult>
    >();
    const written = () =>
      completeChat({
        model: "a",
        messages: [{ role: "user", content: "a" }],
        temperature: undefined,
        top_k: 1,
      });
    expectTypeOf(written).toBeFunction();
    const request: ChatCompletionRequest = { model: "a", messages: [], top_k: 1 };
    expectTypeOf(completeChat(request)).resolves.toHaveProperty("value");
    const given: EmbeddingsRequest = { model: "a", input: ["a", [1, 2]], input_type: "query" };
    expectTypeOf(embed(given)).resolves.toHaveProperty("value");
  });

  it("answers in OpenAI's types", () => {
    expectTypeOf<ChatCompletion>().toExtend<OpenAI.ChatCompletion>();
    expectTypeOf<ChatCompletionChunk["usage"]>().toExtend<OpenAI.ChatCompletionChunk["usage"]>();
    // Calls of custom tools in a stream are read by OpenAI's client, but not yet in its types.
    type Choice = ChatCompletionChunk["choices"][number];
    type Plain = Omit<ChatCompletionChunk, "choices"> & {
      choices: (Omit<Choice, "delta"> & { delta: Omit<Choice["delta"], "tool_calls"> })[];
    };
    expectTypeOf<Plain>().toExtend<OpenAI.ChatCompletionChunk>();
  });

  it("does not compile without a model or an input", () => {
    // @ts-expect-error -- the point of the test: a request without a model must not compile.
    const nameless = () => completeChat({ messages: [] });
    // @ts-expect-error -- the point of the test: nothing to embed must not compile.
    const empty = () => embed({ model: "a" });
    expectTypeOf([nameless, empty]).toBeArray();
  });
});
