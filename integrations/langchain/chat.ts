import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import type {
  BaseLanguageModelInput,
  StructuredOutputMethodOptions,
} from "@langchain/core/language_models/base";
import {
  BaseChatModel,
  type BindToolsInput,
  type LangSmithParams,
} from "@langchain/core/language_models/chat_models";
import type { ChatModelStreamEvent } from "@langchain/core/language_models/event";
import type { AIMessageChunk, BaseMessage, MessageContent } from "@langchain/core/messages";
import type { ChatGenerationChunk, ChatResult } from "@langchain/core/outputs";
import type { Runnable } from "@langchain/core/runnables";
import {
  type Answered,
  type BedrockOpenAIHandler,
  type ChatCompletionChunk,
  completeChat,
  countTokens,
  streamChat,
} from "../../src/index.ts";
import { toCounted } from "./counted.ts";
import { toEvents } from "./events.ts";
import type { ChatBedrockOpenAICallOptions, ChatBedrockOpenAIFields } from "./fields.ts";
import type { Piece } from "./from-chunk.ts";
import { type OutputVersion, toChatResult } from "./from-reply.ts";
import { gathered, toPieces } from "./pieces.ts";
import { handlerOf } from "./handler.ts";
import { type Parameters, toParameters } from "./request.ts";
import { type Bounds, run, signalOf } from "./run.ts";
import type { Schema } from "./schema.ts";
import { structuredOutput } from "./structured-output.ts";
import { toMessages } from "./to-messages.ts";
import { toTools } from "./tools.ts";
import { registerTranslator } from "./translator.ts";
import { addTokenUsage, type TokenUsage } from "./usage.ts";

/** The fields of this class beside LangChain's and the handler's. They alone are serialised: none of them is a secret. */
const OWN = [
  "model",
  "temperature",
  "topP",
  "maxTokens",
  "stop",
  "streaming",
  "streamUsage",
  "reasoningEffort",
  "modelKwargs",
] as const;

/**
 * A LangChain chat model on every chat model of Amazon Bedrock, inside this process:
 * `new ChatBedrockOpenAI({ model: 'us.amazon.nova-pro-v1:0', region: 'us-east-1' })`.
 * Fails with BedrockOpenAIError as the handler would; a signal that fires rejects with its reason and stops the model.
 */
export class ChatBedrockOpenAI extends BaseChatModel<ChatBedrockOpenAICallOptions> {
  override lc_serializable = true;
  readonly model: string;
  readonly temperature: number | undefined;
  readonly topP: number | undefined;
  readonly maxTokens: number | undefined;
  readonly stop: string[] | undefined;
  readonly streaming: boolean;
  readonly streamUsage: boolean;
  readonly reasoningEffort: ChatBedrockOpenAIFields["reasoningEffort"];
  readonly modelKwargs: Record<string, unknown>;
  readonly timeout: number | undefined;
  /** Where the calls go; give it to others that are to share its connections. */
  readonly handler: BedrockOpenAIHandler;

  /** @throws TypeError without a model, and for options that make no sense. */
  constructor(fields: ChatBedrockOpenAIFields) {
    super({ ...fields, maxRetries: 0 });
    if (!fields?.model) throw new TypeError("ChatBedrockOpenAI: 'model' is missing.");
    this.model = fields.model;
    this.temperature = fields.temperature;
    this.topP = fields.topP;
    this.maxTokens = fields.maxTokens;
    this.stop = fields.stop;
    this.streaming = fields.streaming ?? false;
    this.streamUsage = fields.streamUsage ?? true;
    this.reasoningEffort = fields.reasoningEffort;
    this.modelKwargs = fields.modelKwargs ?? {};
    this.timeout = fields.timeout;
    this.disableStreaming = fields.disableStreaming ?? false;
    this.handler = handlerOf(fields, OWN);
    registerTranslator();
  }

  static override lc_name(): string {
    return "ChatBedrockOpenAI";
  }

  override get lc_serializable_keys(): string[] {
    return [...OWN];
  }

  override _llmType(): string {
    return "bedrock-openai";
  }

  override getLsParams(options: this["ParsedCallOptions"]): LangSmithParams {
    const { temperature, max_completion_tokens, stop } = this.invocationParams(options);
    return {
      ls_provider: "amazon_bedrock",
      ls_model_name: this.model,
      ls_model_type: "chat",
      ...(temperature !== undefined && { ls_temperature: temperature as number }),
      ...(max_completion_tokens !== undefined && { ls_max_tokens: max_completion_tokens as number }),
      ...(stop !== undefined && { ls_stop: [stop as string | string[]].flat() }),
    };
  }

  /** The request of a call, without its messages. */
  override invocationParams(options?: this["ParsedCallOptions"]): Parameters {
    return toParameters(this, options);
  }

  override _identifyingParams(): Parameters {
    return this.invocationParams();
  }

  /** What AWS counts, or estimates where it counts nothing for the model. Nothing is nothing. */
  override async getNumTokens(content: MessageContent): Promise<number> {
    const counted = toCounted(content);
    if (counted.length === 0) return 0;
    const messages = [{ role: "user", content: counted }];
    return (await countTokens({ model: this.model, messages }, this.handler)).inputTokens;
  }

  /** The model with tools: LangChain's, with zod or JSON schemas, OpenAI's or Anthropic's own forms. */
  override bindTools(
    tools: BindToolsInput[],
    kwargs: Partial<ChatBedrockOpenAICallOptions> = {},
  ): Runnable<BaseLanguageModelInput, AIMessageChunk, ChatBedrockOpenAICallOptions> {
    return this.withConfig({ ...kwargs, tools: toTools(tools, kwargs.strict) });
  }

  /**
   * The model, answering with an object. With `includeRaw` the answer is `{ raw, parsed, parsing_error }`, and what cannot
   * be read is told there and not thrown.
   * @param config `method`: `jsonSchema` (default), `functionCalling` or `jsonMode`.
   * @throws TypeError for a method that does not exist.
   */
  override withStructuredOutput<Output extends object = Record<string, unknown>>(
    schema: Schema<Output>,
    config?: StructuredOutputMethodOptions<false>,
  ): Runnable<BaseLanguageModelInput, Output>;
  override withStructuredOutput<Output extends object = Record<string, unknown>>(
    schema: Schema<Output>,
    config?: StructuredOutputMethodOptions<true>,
  ): Runnable<BaseLanguageModelInput, { raw: BaseMessage; parsed: Output }>;
  override withStructuredOutput<Output extends object>(
    schema: Schema<Output>,
    config: StructuredOutputMethodOptions<boolean> = {},
  ):
    | Runnable<BaseLanguageModelInput, Output>
    | Runnable<BaseLanguageModelInput, { raw: BaseMessage; parsed: Output }> {
    return structuredOutput<Output>(schema, config, (options) => this.withConfig(options));
  }

  override _combineLLMOutput(...outputs: ({ tokenUsage?: TokenUsage } | undefined)[]): {
    tokenUsage?: TokenUsage;
  } {
    const counted = outputs.flatMap((output) => output?.tokenUsage ?? []);
    return counted.length === 0 ? {} : { tokenUsage: counted.reduce(addTokenUsage) };
  }

  override async _generate(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): Promise<ChatResult> {
    if (this.streaming) return gathered(this.#pieces(messages, options, runManager, whole));
    const request = { ...this.invocationParams(options), messages: toMessages(messages) };
    const call = (bounds: Bounds) => completeChat(request, this.handler, bounds);
    return toChatResult(await run(this.caller, call, this.#signal(options)), this.#version(options));
  }

  override _streamResponseChunks(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    return this.#pieces(messages, options, runManager, ofFirstChoice);
  }

  override async *_streamChatModelEvents(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
  ): AsyncGenerator<ChatModelStreamEvent> {
    yield* toEvents(await this.#stream(messages, options));
  }

  #pieces<Picked>(
    messages: BaseMessage[],
    options: Options,
    runManager: CallbackManagerForLLMRun | undefined,
    pick: (piece: Piece) => Picked | undefined,
  ): AsyncGenerator<Picked> {
    const prompt = (options as { promptIndex?: number }).promptIndex ?? 0;
    const listener = { prompt, runManager };
    return toPieces(() => this.#stream(messages, options), this.#version(options), listener, pick);
  }

  #stream(messages: BaseMessage[], options: Options): Promise<Answered<AsyncIterable<ChatCompletionChunk>>> {
    const usage = this.streamUsage ? { stream_options: { include_usage: true } } : {};
    const request = { ...usage, ...toParameters(this, options), messages: toMessages(messages) };
    return run(this.caller, (bounds) => streamChat(request, this.handler, bounds), this.#signal(options));
  }

  #signal({ signal }: Options): AbortSignal | undefined {
    return signalOf(signal, this.timeout);
  }

  #version({ outputVersion }: Options): OutputVersion {
    return outputVersion ?? this.outputVersion ?? "v0";
  }
}

type Options = ChatBedrockOpenAI["ParsedCallOptions"];

const whole = (piece: Piece): Piece => piece;

/** LangChain makes one message of all that comes out; callbacks hear the other choices too. */
const ofFirstChoice = ({ completion, chunk }: Piece): ChatGenerationChunk | undefined =>
  completion === 0 ? chunk : undefined;
