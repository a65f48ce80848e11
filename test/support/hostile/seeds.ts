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

/** The same as items of the Responses API. */
const items = [
  { role: "developer", content: "Be brief." },
  {
    type: "message",
    id: "msg_1",
    role: "user",
    content: [
      { type: "input_text", text: "What is the weather in this picture?" },
      { type: "input_image", image_url: PICTURE, detail: "low" },
      { type: "input_file", filename: "a.pdf", file_data: `data:application/pdf;base64,${PDF}` },
    ],
  },
  {
    type: "reasoning",
    id: "rs_1",
    summary: [{ type: "summary_text", text: "Hm." }],
    encrypted_content: "gAAA",
  },
  { type: "function_call", id: "fc_1", call_id: "call_1", name: "weather", arguments: '{"city":"Oslo"}' },
  { type: "custom_tool_call", call_id: "call_2", name: "grep", input: "rain" },
  {
    type: "function_call_output",
    call_id: "call_1",
    output: [
      { type: "input_text", text: "Rain." },
      { type: "input_image", image_url: PICTURE },
    ],
  },
  { type: "custom_tool_call_output", call_id: "call_2", output: "none" },
  {
    type: "message",
    role: "assistant",
    id: "msg_2",
    status: "completed",
    content: [{ type: "output_text", text: "It rains.", annotations: [], logprobs: [] }],
  },
  { type: "web_search_call", id: "ws_1", status: "completed", action: { type: "search", query: "x" } },
  { role: "user", content: "And tomorrow?" },
];

const ownTools = [
  { type: "function", name: "weather", description: "The weather", parameters, strict: false },
  { type: "custom", name: "grep", format: { type: "grammar", syntax: "regex", definition: "[a-z]+" } },
  { type: "namespace", name: "mcp", tools: [{ type: "function", name: "list", parameters }] },
  { type: "local_shell" },
  { type: "web_search" },
];

/** And as Anthropic's messages. */
const said = [
  {
    role: "user",
    content: [
      { type: "text", text: "What is the weather?", cache_control: { type: "ephemeral", ttl: "5m" } },
      { type: "image", source: { type: "base64", media_type: "image/png", data: PNG } },
      { type: "document", source: { type: "text", media_type: "text/plain", data: "Rain." }, title: "a" },
    ],
  },
  {
    role: "assistant",
    content: [
      { type: "thinking", thinking: "Hm.", signature: "c2ln" },
      { type: "text", text: "I look." },
      { type: "tool_use", id: "toolu_1", name: "weather", input: { city: "Oslo" } },
    ],
  },
  {
    role: "user",
    content: [
      {
        type: "tool_result",
        tool_use_id: "toolu_1",
        is_error: false,
        content: [{ type: "text", text: "Rain." }],
      },
    ],
  },
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
  chat({ model: NOVA, messages: plain, store: true, metadata: { a: "b" } }),
  {
    path: "/responses",
    body: {
      model: CLAUDE,
      instructions: "Be brief.",
      input: items,
      tools: ownTools,
      tool_choice: { type: "allowed_tools", mode: "auto", tools: [{ type: "function", name: "weather" }] },
      include: ["reasoning.encrypted_content"],
      reasoning: { effort: "low", summary: "auto" },
      max_output_tokens: 4000,
      max_tool_calls: 2,
      parallel_tool_calls: false,
      metadata: { a: "b" },
      truncation: "auto",
      store: true,
      ...aws,
    },
  },
  {
    path: "/responses",
    body: {
      model: NOVA,
      input: "Hello",
      stream: true,
      store: false,
      text: {
        format: { type: "json_schema", name: "x", schema: parameters, strict: true },
        verbosity: "low",
      },
      temperature: 0.5,
      top_p: 0.5,
      user: "me",
      stream_options: { include_obfuscation: false },
    },
  },
  {
    path: "/responses",
    body: {
      model: GPT_NATIVE,
      input: "Hello",
      tools: ownTools.slice(0, 1),
      tool_choice: "auto",
      store: true,
    },
  },
  {
    path: "/responses",
    body: { model: LLAMA, input: [{ role: "user", content: "Hello" }], background: true },
  },
  {
    path: "/responses/input_tokens",
    body: { model: CLAUDE, input: items, tools: ownTools, instructions: "x" },
  },
  { path: "/responses/compact", body: { model: NOVA, input: items, instructions: "Keep names." } },
  { path: "/conversations", body: { items: items.slice(0, 2), metadata: { a: "b" } } },
  {
    path: "/messages",
    body: {
      model: CLAUDE,
      max_tokens: 4000,
      system: [{ type: "text", text: "Be brief.", cache_control: { type: "ephemeral" } }],
      messages: said,
      tools: [{ name: "weather", description: "The weather", input_schema: parameters }],
      tool_choice: { type: "auto", disable_parallel_tool_use: true },
      thinking: { type: "enabled", budget_tokens: 2000 },
      stop_sequences: ["END"],
      metadata: { user_id: "me" },
    },
  },
  {
    path: "/messages",
    body: {
      model: NOVA,
      max_tokens: 10,
      messages: [{ role: "user", content: "Hello" }],
      stream: true,
      top_k: 5,
    },
  },
  { path: "/messages/count_tokens", body: { model: CLAUDE, system: "x", messages: said.slice(0, 1) } },
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
