import type OpenAI from "openai";
import { describe, expectTypeOf, it } from "vitest";
import {
  type AskedModel,
  type BedrockOpenAIHandler,
  type BedrockOpenAIOptions,
  countTokens,
  describeModel,
  type Mode,
  type ModelDescription,
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
