import { CLAUDE } from "../bedrock.ts";
import { opaquePng } from "../image-tasks.ts";
import { GPT_OSS } from "../native.ts";

/** What an endpoint asks, and what AWS could answer: the JSON of it, or the data of a stream's events. */
export interface Exchange {
  path: string;
  body: Record<string, unknown>;
  answer: object;
  chunks?: readonly object[];
  /** OpenAI's name for what comes of it. */
  schema?: string;
}

const messages = [{ role: "user", content: "Hi" }];
const vector = [0.1, 0.2, 0.3];

export const EXCHANGES: readonly Exchange[] = [
  {
    path: "/chat/completions",
    body: { model: CLAUDE, messages },
    answer: {
      output: {
        message: {
          role: "assistant",
          content: [
            { reasoningContent: { reasoningText: { text: "Hm.", signature: "c2ln" } } },
            { text: "Hello" },
            {
              citationsContent: {
                content: [{ text: "a" }],
                citations: [{ title: "t", location: { web: { url: "http://x" } } }],
              },
            },
            { toolUse: { toolUseId: "t1", name: "now", input: { a: 1 } } },
          ],
        },
      },
      stopReason: "tool_use",
      usage: { inputTokens: 3, outputTokens: 5, totalTokens: 8, cacheReadInputTokens: 1 },
      metrics: { latencyMs: 1 },
      trace: { guardrail: {} },
      additionalModelResponseFields: { a: 1 },
    },
    schema: "CreateChatCompletionResponse",
  },
  {
    path: "/chat/completions",
    body: { model: "invoke/us.anthropic.claude-sonnet-4-5-20250929-v1:0", messages },
    answer: {
      id: "msg_1",
      type: "message",
      role: "assistant",
      content: [
        { type: "thinking", thinking: "Hm.", signature: "c2ln" },
        { type: "text", text: "Hello" },
        { type: "tool_use", id: "t1", name: "now", input: { a: 1 } },
      ],
      stop_reason: "tool_use",
      stop_sequence: null,
      usage: { input_tokens: 3, output_tokens: 5, cache_read_input_tokens: 1 },
    },
    chunks: [
      { type: "message_start", message: { usage: { input_tokens: 3 } } },
      { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
      { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Hello" } },
      { type: "content_block_stop", index: 0 },
      {
        type: "content_block_start",
        index: 1,
        content_block: { type: "tool_use", id: "t1", name: "now", input: {} },
      },
      { type: "content_block_delta", index: 1, delta: { type: "input_json_delta", partial_json: '{"a":1}' } },
      { type: "content_block_stop", index: 1 },
      { type: "message_delta", delta: { stop_reason: "tool_use" }, usage: { output_tokens: 5 } },
      {
        type: "message_stop",
        "amazon-bedrock-invocationMetrics": { inputTokenCount: 3, outputTokenCount: 5 },
      },
    ],
    schema: "CreateChatCompletionResponse",
  },
  {
    path: "/chat/completions",
    body: { model: "invoke/meta.llama3-8b-instruct-v1:0", messages },
    answer: { generation: "Hello", prompt_token_count: 3, generation_token_count: 5, stop_reason: "stop" },
    chunks: [
      { generation: "Hel", prompt_token_count: 3, generation_token_count: 1, stop_reason: null },
      { generation: "lo", prompt_token_count: null, generation_token_count: 2, stop_reason: "stop" },
    ],
    schema: "CreateChatCompletionResponse",
  },
  {
    path: "/chat/completions",
    body: { model: GPT_OSS, messages },
    answer: {
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1,
      model: GPT_OSS,
      choices: [
        {
          index: 0,
          message: {
            role: "assistant",
            content: "<reasoning>Hm.</reasoning>Hello",
            tool_calls: [{ id: "c1", type: "function", function: { name: "now", arguments: "{}" } }],
          },
          finish_reason: "tool_calls",
        },
      ],
      usage: {
        prompt_tokens: 3,
        completion_tokens: 5,
        total_tokens: 8,
        prompt_tokens_details: { cached_tokens: 1 },
      },
      service_tier: "default",
    },
    chunks: [
      {
        id: "c",
        object: "chat.completion.chunk",
        created: 1,
        model: GPT_OSS,
        choices: [{ index: 0, delta: { role: "assistant", content: "" }, finish_reason: null }],
      },
      {
        id: "c",
        object: "chat.completion.chunk",
        created: 1,
        model: GPT_OSS,
        choices: [{ index: 0, delta: { content: "Hello" }, finish_reason: null }],
      },
      {
        id: "c",
        object: "chat.completion.chunk",
        created: 1,
        model: GPT_OSS,
        choices: [
          {
            index: 0,
            delta: {
              tool_calls: [
                { index: 0, id: "c1", type: "function", function: { name: "now", arguments: "{}" } },
              ],
            },
            finish_reason: null,
          },
        ],
      },
      {
        id: "c",
        object: "chat.completion.chunk",
        created: 1,
        model: GPT_OSS,
        choices: [{ index: 0, delta: {}, finish_reason: "tool_calls" }],
      },
      {
        id: "c",
        object: "chat.completion.chunk",
        created: 1,
        model: GPT_OSS,
        choices: [],
        usage: { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 },
      },
    ],
    schema: "CreateChatCompletionResponse",
  },
  {
    path: "/embeddings",
    body: { model: "amazon.titan-embed-text-v2:0", input: "a", encoding_format: "float" },
    answer: { embedding: vector, inputTextTokenCount: 3, embeddingsByType: { float: vector } },
    schema: "CreateEmbeddingResponse",
  },
  {
    path: "/embeddings",
    body: { model: "cohere.embed-v4:0", input: ["a", "b"], encoding_format: "float" },
    answer: {
      id: "x",
      response_type: "embeddings_by_type",
      embeddings: { float: [vector, vector] },
      texts: ["a", "b"],
    },
    schema: "CreateEmbeddingResponse",
  },
  {
    path: "/rerank",
    body: { model: "cohere.rerank-v3-5:0", query: "q", documents: ["a", "b"] },
    answer: {
      results: [
        { index: 1, relevanceScore: 0.9 },
        { index: 0, relevanceScore: 0.1 },
      ],
    },
  },
  {
    path: "/moderations",
    body: {
      model: "omni-moderation-latest",
      input: "a",
      guardrailConfig: { guardrailIdentifier: "abc", guardrailVersion: "1" },
    },
    answer: {
      action: "GUARDRAIL_INTERVENED",
      usage: { contentPolicyUnits: 1 },
      outputs: [{ text: "no" }],
      assessments: [
        {
          contentPolicy: {
            filters: [{ type: "HATE", confidence: "HIGH", action: "BLOCKED", detected: true }],
          },
        },
      ],
      guardrailCoverage: { textCharacters: { guarded: 1, total: 1 } },
    },
  },
  {
    path: "/images/generations",
    body: { model: "amazon.nova-canvas-v1:0", prompt: "a" },
    answer: { images: [opaquePng(8, 8).base64], error: null },
    schema: "ImagesResponse",
  },
];
