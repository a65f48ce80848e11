import OpenAI7 from "openai";
import OpenAI6 from "openai6";
import { describe, expectTypeOf, it } from "vitest";
import type * as z from "../../src/schema/z.ts";
import { type createBedrockFetch, createBedrockOpenAI } from "../../integrations/openai.ts";
import type { chatRequestShape } from "../../src/openai/chat-request.ts";
import type { ChatCompletion, ChatDelta, ToolCallDelta } from "../../src/openai/chat-response.ts";

/** Our schemas let unknown keys pass; for a comparison of what they know, the index signatures are taken off. */
type Closed<T> = T extends readonly (infer Item)[]
  ? Closed<Item>[]
  : T extends object
    ? { [Key in keyof T as string extends Key ? never : Key]: Closed<T[Key]> }
    : T;

type Accepted = Closed<z.output<typeof chatRequestShape>>;

/** Calls of custom tools in a stream are read by OpenAI's client, but not yet in its types. */
type Delta = Omit<ChatDelta, "tool_calls"> & {
  tool_calls?: (Omit<ToolCallDelta, "type"> & { type?: "function" })[];
};

describe("OpenAI's types and ours", () => {
  it("what we send is what the client expects", () => {
    expectTypeOf<ChatCompletion>().toExtend<OpenAI7.ChatCompletion>();
    expectTypeOf<ChatCompletion>().toExtend<OpenAI6.ChatCompletion>();
    expectTypeOf<Delta>().toExtend<OpenAI7.ChatCompletionChunk.Choice.Delta>();
    expectTypeOf<Delta>().toExtend<OpenAI6.ChatCompletionChunk.Choice.Delta>();
  });

  it("what the client sends is what we accept", () => {
    expectTypeOf<OpenAI7.ChatCompletionMessageParam>().toExtend<Accepted["messages"][number]>();
    expectTypeOf<OpenAI7.ChatCompletionTool>().toExtend<NonNullable<Accepted["tools"]>[number]>();
    expectTypeOf<OpenAI7.ChatCompletionToolChoiceOption>().toExtend<Accepted["tool_choice"]>();
    expectTypeOf<NonNullable<OpenAI7.ChatCompletionCreateParams["response_format"]>>().toExtend<
      Accepted["response_format"]
    >();
    type Rest = Omit<OpenAI7.ChatCompletionCreateParams, "messages">;
    expectTypeOf<Rest>().toExtend<Omit<Accepted, "messages">>();
  });

  it("our fetch is a fetch, for both clients", () => {
    type Fetch = ReturnType<typeof createBedrockFetch>;
    expectTypeOf<Fetch>().toExtend<
      NonNullable<NonNullable<ConstructorParameters<typeof OpenAI7>[0]>["fetch"]>
    >();
    expectTypeOf<Fetch>().toExtend<
      NonNullable<NonNullable<ConstructorParameters<typeof OpenAI6>[0]>["fetch"]>
    >();
    expectTypeOf<Fetch>().toExtend<typeof globalThis.fetch>();
  });

  it("a wired client is of the class that was given, with that version's own options", () => {
    class Own extends OpenAI7 {
      readonly mine = true;
    }
    expectTypeOf(() => createBedrockOpenAI(OpenAI7)).returns.toEqualTypeOf<OpenAI7>();
    expectTypeOf(() =>
      createBedrockOpenAI(OpenAI6, { region: "eu-central-1" }),
    ).returns.toEqualTypeOf<OpenAI6>();
    expectTypeOf(() => createBedrockOpenAI()).returns.toEqualTypeOf<OpenAI7>();
    expectTypeOf(() => createBedrockOpenAI({ region: "eu-central-1" })).returns.toEqualTypeOf<OpenAI7>();
    const own = () => createBedrockOpenAI(Own, {}, { maxRetries: 0, timeout: 1, defaultHeaders: { a: "b" } });
    expectTypeOf(own).returns.toEqualTypeOf<Own>();
  });

  it("a wired client takes no option that leads it away from Bedrock, and none that there is not", () => {
    // @ts-expect-error -- the point of the test: its base URL is given.
    expectTypeOf(() => createBedrockOpenAI(OpenAI7, {}, { baseURL: "http://x" })).toBeFunction();
    // @ts-expect-error -- the point of the test: a slip must not compile.
    expectTypeOf(() => createBedrockOpenAI(OpenAI7, {}, { maxRetrys: 0 })).toBeFunction();
  });
});
