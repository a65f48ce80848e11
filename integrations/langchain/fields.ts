import type {
  BaseChatModelCallOptions,
  BaseChatModelParams,
  BindToolsInput,
} from "@langchain/core/language_models/chat_models";
import type { EmbeddingsParams } from "@langchain/core/embeddings";
import type { BedrockOpenAIHandler, BedrockOpenAIOptions, Effort } from "../../src/index.ts";

/** Where the calls go: the options of a handler, flat, or a handler that is shared with others. */
export interface HandlerFields extends BedrockOpenAIOptions {
  /** A handler of `createBedrockOpenAIHandler`; its connections are shared. No option of a handler may stand beside it. */
  handler?: BedrockOpenAIHandler;
  /**
   * How often the AWS SDK repeats a failed call before the first byte of an answer, as the option `retries`. It knows
   * AWS's throttling and when to try again; LangChain itself repeats nothing here. Default: 2.
   */
  maxRetries?: number;
  /** Bound on one call, in milliseconds, until the end of its answer. Default: the `timeouts` of the handler. */
  timeout?: number;
}

export interface ChatBedrockOpenAIFields extends HandlerFields, Omit<BaseChatModelParams, "maxRetries"> {
  /** Any model string: an id, an inference profile, an ARN, or a name of `models`. */
  model: string;
  /** 0 to 2; what the model takes no more of is clamped. */
  temperature?: number;
  topP?: number;
  /** The most tokens of an answer. Default: the model's own limit. */
  maxTokens?: number;
  /** Up to four sequences that end the answer. */
  stop?: string[];
  /** Whether `invoke` reads a stream, so that callbacks hear every token. Default: false. */
  streaming?: boolean;
  /** Whether a stream ends with its usage. Default: true. */
  streamUsage?: boolean;
  /** How hard a model that reasons is to think. */
  reasoningEffort?: Effort;
  /** Anything else of a chat completions request, under its own name: `top_k`, `thinking`, `guardrailConfig`, … */
  modelKwargs?: Record<string, unknown>;
}

export interface ChatBedrockOpenAICallOptions extends BaseChatModelCallOptions {
  tools?: BindToolsInput[];
  /** At most one tool call in an answer, where it is false and the model can be told. */
  parallel_tool_calls?: boolean;
  /** Sets `strict` of every tool. */
  strict?: boolean;
  /** As in OpenAI's chat completions. */
  response_format?: object;
  reasoningEffort?: Effort;
  temperature?: number;
  topP?: number;
  maxTokens?: number;
  /** Added to those of the constructor. */
  modelKwargs?: Record<string, unknown>;
}

export interface BedrockOpenAIEmbeddingsFields extends HandlerFields, Omit<EmbeddingsParams, "maxRetries"> {
  /** Any embedding model: an id, an inference profile, an ARN, or a name of `models`. */
  model: string;
  /** The length of the vectors. Default: the model's own. */
  dimensions?: number;
  /** How many texts one call takes, 1 to 2,048; a call sends eight requests to AWS at a time. Default: 2,048. */
  batchSize?: number;
  /** Whether line breaks become spaces, which old models wanted. Default: false. */
  stripNewLines?: boolean;
  /** What the vectors are for, where the model tells purposes apart. Default: `search_document`. */
  documentInputType?: string;
  /** The same for `embedQuery`. Default: `search_query`. */
  queryInputType?: string;
  /** Both at once, for instance `clustering`. */
  inputType?: string;
  /** Anything else of an embeddings request, under its own name: `truncate`, `normalize`, … */
  modelKwargs?: Record<string, unknown>;
}
