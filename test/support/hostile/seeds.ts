import { CLAUDE, LLAMA, NOVA } from "../bedrock.ts";
import { PDF, PNG } from "../clients.ts";
import { halfTransparent, opaquePng } from "../image-tasks.ts";
import { GPT as GPT_NATIVE, GPT_OSS } from "../native.ts";

/** A valid request of an endpoint, with as many of its parameters as go together. */
export interface Seed {
  path: string;
  body: Record<string, unknown>;
}

const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const tools = [{ type: "function", function: { name: "weather", description: "The weather", parameters } }];
const PICTURE = `data:image/png;base64,${PNG}`;
const LARGER = `data:image/png;base64,${opaquePng(320, 320).base64}`;
const HOLE = `data:image/png;base64,${halfTransparent(320, 320).base64}`;
const aws = {
  requestMetadata: { team: "a" },
  guardrailConfig: { guardrailIdentifier: "abc123", guardrailVersion: "1", trace: "enabled" },
};

const talk = [
  { role: "system", content: "Be brief." },
  {
    role: "user",
    content: [
      { type: "text", text: "What is the weather in this picture?", cache_control: { type: "ephemeral" } },
      { type: "image_url", image_url: { url: PICTURE, detail: "low" } },
      { type: "file", file: { filename: "a.pdf", file_data: `data:application/pdf;base64,${PDF}` } },
    ],
  },
  {
    role: "assistant",
    content: null,
    tool_calls: [
      { id: "call_1", type: "function", function: { name: "weather", arguments: '{"city":"Oslo"}' } },
    ],
  },
  { role: "tool", tool_call_id: "call_1", content: "Rain." },
];

const plain = [
  { role: "system", content: "Be brief." },
  { role: "user", content: "Hello" },
];

const chat = (body: Record<string, unknown>): Seed => ({ path: "/chat/completions", body });

export const SEEDS: readonly Seed[] = [
  chat({
    model: CLAUDE,
    messages: talk,
    tools,
    tool_choice: { type: "function", function: { name: "weather" } },
    parallel_tool_calls: false,
    max_completion_tokens: 100,
    stop: ["END"],
    user: "me",
    metadata: { a: "b" },
    additionalModelRequestFields: { top_k: 5 },
    ...aws,
  }),
  chat({
    model: NOVA,
    messages: talk.slice(0, 2),
    stream: true,
    stream_options: { include_usage: true },
    temperature: 0.5,
    n: 2,
    performanceConfig: { latency: "standard" },
    serviceTier: { type: "default" },
    extra_body: { top_k: 3 },
    prompt_caching: { system: true },
    additionalModelResponseFieldPaths: ["/stop_sequence"],
  }),
  chat({
    model: CLAUDE,
    messages: plain,
    reasoning_effort: "low",
    thinking: { type: "enabled", budget_tokens: 2000 },
    max_tokens: 4000,
    response_format: { type: "json_schema", json_schema: { name: "x", schema: parameters, strict: true } },
    cache_control_injection_points: [{ location: "message", role: "system" }],
  }),
  chat({ model: LLAMA, messages: plain, functions: [tools[0]!.function], function_call: "auto", top_p: 0.5 }),
  chat({ model: "invoke/meta.llama3-8b-instruct-v1:0", messages: plain, max_tokens: 20, stream: true }),
  chat({ model: GPT_OSS, messages: plain, stream: true, stream_options: { include_usage: true }, seed: 1 }),
  chat({
    model: GPT_NATIVE,
    messages: plain,
    tools,
    tool_choice: "auto",
    user: "me",
    reasoning_effort: "low",
  }),
  {
    path: "/completions",
    body: {
      model: LLAMA,
      prompt: ["a", "b"],
      max_tokens: 5,
      echo: true,
      best_of: 2,
      n: 1,
      stop: "x",
      logprobs: 2,
    },
  },
  {
    path: "/completions",
    body: { model: CLAUDE, prompt: "a", stream: true, temperature: 0, user: "me", seed: 4 },
  },
  {
    path: "/embeddings",
    body: {
      model: "cohere.embed-v4:0",
      input: ["a", { content: [{ type: "text", text: "b" }, { image: PICTURE }] }],
      input_type: "search_document",
      dimensions: 256,
    },
  },
  {
    path: "/embeddings",
    body: { model: "amazon.titan-embed-text-v2:0", input: [1, 2, 3], encoding_format: "base64", user: "me" },
  },
  {
    path: "/embeddings",
    body: {
      model: "cohere.embed-english-v3",
      input: [[1, 2], [3]],
      additionalModelRequestFields: { truncate: "END" },
    },
  },
  {
    path: "/images/generations",
    body: {
      model: "amazon.nova-canvas-v1:0",
      prompt: "An otter",
      n: 1,
      size: "512x512",
      quality: "standard",
      seed: 3,
      negative_prompt: "fish",
    },
  },
  {
    path: "/images/edits",
    body: {
      model: "amazon.nova-canvas-v1:0",
      prompt: "An otter",
      image: [LARGER],
      mask: HOLE,
      n: 1,
      output_format: "png",
    },
  },
  {
    path: "/images/variations",
    body: { model: "amazon.nova-canvas-v1:0", image: LARGER, n: 1, size: "512x512" },
  },
  {
    path: "/moderations",
    body: {
      model: "omni-moderation-latest",
      input: [
        { type: "text", text: "a" },
        { type: "image_url", image_url: { url: PICTURE } },
      ],
      guardrailConfig: { guardrailIdentifier: "abc123", guardrailVersion: "1" },
    },
  },
  {
    path: "/rerank",
    body: {
      model: "cohere.rerank-v3-5:0",
      query: "capital",
      documents: ["Paris", { text: "Rome", n: 1 }],
      top_n: 1,
      return_documents: true,
      rank_fields: ["text"],
      max_tokens_per_doc: 100,
    },
  },
];
