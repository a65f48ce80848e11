import type {
  BaseLanguageModelInput,
  StructuredOutputMethodOptions,
} from "@langchain/core/language_models/base";
import type { AIMessageChunk, BaseMessage } from "@langchain/core/messages";
import { type Runnable, RunnableLambda } from "@langchain/core/runnables";
import type { ChatBedrockOpenAICallOptions } from "./fields.ts";
import type { Schema } from "./schema.ts";
import { toAsked } from "./structured.ts";
import { StructuredOutputReader } from "./structured-reader.ts";

/** The whole answer beside what was read from it, or why it could not be read. */
export interface Raw<Output> {
  raw: BaseMessage;
  parsed: Output;
  parsing_error: Error | null;
}

type Model = Runnable<BaseLanguageModelInput, AIMessageChunk, ChatBedrockOpenAICallOptions>;

/** A model that answers with an object of this schema. */
export function structuredOutput<Output>(
  schema: Schema<Output>,
  config: StructuredOutputMethodOptions<boolean>,
  modelWith: (options: Partial<ChatBedrockOpenAICallOptions>) => Model,
): Runnable<BaseLanguageModelInput, Output> | Runnable<BaseLanguageModelInput, Raw<Output>> {
  const { options, tool } = toAsked(schema, config);
  const reader = new StructuredOutputReader<Output>(schema, tool);
  const model = modelWith(options);
  return config.includeRaw
    ? model.pipe(beside(reader))
    : model.pipe(reader).withConfig({ runName: "StructuredOutput" });
}

const beside = <Output>(reader: StructuredOutputReader<Output>): RunnableLambda<BaseMessage, Raw<Output>> =>
  RunnableLambda.from(async (raw: BaseMessage) => {
    try {
      return { raw, parsed: await reader.read(raw), parsing_error: null };
    } catch (thrown) {
      const parsing_error = thrown instanceof Error ? thrown : new Error(String(thrown));
      // LangChain's type says nothing of the null that all its models return here.
      return { raw, parsed: null as Output, parsing_error };
    }
  });
