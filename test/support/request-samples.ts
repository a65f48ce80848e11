import type { Schema, SchemaError } from "../../src/schema/z.ts";

type Kind =
  | "chat"
  | "text completions"
  | "responses"
  | "messages"
  | "embeddings"
  | "images"
  | "moderations"
  | "a ranking"
  | "a conversation"
  | "what is kept"
  | "access";

export type Requests = Record<
  Kind,
  { schema: Schema; complain(error: SchemaError, input: unknown): unknown }
>;

const MARKS = { cache_control: { type: "ephemeral", ttl: "1h" }, prompt_cache_breakpoint: {} };

const AWS = {
  model_id: "arn:aws:bedrock:us-east-1::foundation-model/x",
  service_tier: "auto",
  user: "u",
  metadata: { a: "b" },
  guardrailConfig: { guardrailIdentifier: "gr1", guardrailVersion: "DRAFT", trace: "enabled" },
  performanceConfig: { latency: "optimized" },
  serviceTier: { type: "flex" },
  requestMetadata: { a: "b" },
  additionalModelRequestFields: { top_k: 1 },
};

const COMMON = {
  ...AWS,
  stream: true,
  stream_options: { include_usage: true },
  temperature: 0.5,
  top_p: 0.5,
  top_k: 5,
  seed: 1,
  frequency_penalty: -1,
  presence_penalty: 1,
  reasoning_effort: "low",
  reasoning: { effort: "high", max_tokens: 100, enabled: true },
  thinking: { type: "enabled", budget_tokens: 1024 },
  prompt_cache_options: { mode: "implicit", ttl: "1h" },
  promptVariables: { a: { text: "b" } },
  additionalModelResponseFieldPaths: ["/stop_sequence"],
};

const SCHEMA = { type: "object", properties: {} };

const PARTS = [
  { type: "text", text: "x", ...MARKS },
  { type: "image_url", image_url: { url: "data:image/png;base64,AA==", detail: "low" } },
  { type: "image_url", image_url: "https://x/y.png" },
  { type: "input_audio", input_audio: { data: "AA==", format: "wav" } },
  { type: "file", file: { file_data: "AA==", filename: "a.pdf" }, citations: { enabled: true } },
  { type: "video_url", video_url: { url: "s3://a/b.mp4" } },
  { type: "image", source: { type: "base64", media_type: "image/png", data: "AA==" } },
  { type: "guarded_text", text: "x" },
  { type: "tool_result", tool_use_id: "t", content: [{ type: "text", text: "x" }], is_error: false },
];

const INPUT_PARTS = [
  { type: "input_text", text: "x" },
  { type: "input_image", image_url: "https://x/y.png" },
  { type: "input_file", file_data: "AA==", filename: "a.pdf" },
];

const ITEMS = [
  { role: "user", content: "x" },
  { type: "message", role: "user", content: INPUT_PARTS },
  { role: "assistant", content: [{ type: "output_text", text: "x" }] },
  { role: "developer", content: [{ type: "input_text", text: "x" }] },
  { id: "msg_1" },
  { type: "reasoning", summary: [{ text: "x" }], encrypted_content: "x" },
  { type: "function_call", call_id: "c", name: "f", arguments: "{}" },
  { type: "function_call_output", call_id: "c", output: INPUT_PARTS },
  { type: "custom_tool_call", call_id: "c", name: "f", input: "x" },
  { type: "local_shell_call", call_id: "c", action: { command: ["ls"] } },
  { type: "shell_call_output", call_id: "c", output: [{}] },
  { type: "apply_patch_call", call_id: "c", operation: { type: "update_file", path: "a", diff: "d" } },
  { type: "additional_tools", tools: [{ type: "function", name: "f" }] },
  { type: "web_search_call" },
];

/** Well-formed requests, between them with every parameter that has a shape of its own. */
export const CASES: Record<Kind, readonly object[]> = {
  chat: [
    { model: "m", messages: [{ role: "user", content: "Hi" }], unknown: { stays: [1] } },
    { model: "m", messages: [{ role: "user", content: PARTS }], ...COMMON, stop: ["a", "b"], n: 2 },
    {
      model: "m",
      messages: [
        { role: "system", content: "s", ...MARKS },
        {
          role: "developer",
          content: [
            { type: "text", text: "x" },
            { type: "query", text: "q" },
          ],
        },
        {
          role: "assistant",
          content: null,
          refusal: null,
          tool_calls: [
            { id: "1", type: "function", function: { name: "f", arguments: "{}" } },
            { id: "2", type: "custom", custom: { name: "f", input: "x" } },
          ],
        },
        { role: "tool", tool_call_id: "1", content: [{ type: "text", text: "x" }] },
        { role: "tool", tool_call_id: "2", content: "x" },
        { role: "assistant", content: [{ type: "text", text: "x" }], function_call: { name: "f" } },
        { role: "function", name: "f", content: "x" },
      ],
      tools: [
        { type: "function", function: { name: "f", parameters: SCHEMA, strict: true }, ...MARKS },
        { type: "custom", custom: { name: "f", format: { type: "grammar", grammar: { definition: "d" } } } },
        { type: "custom", name: "f", input_schema: SCHEMA },
        { name: "f", input_schema: SCHEMA },
        { type: "web_search" },
      ],
      tool_choice: { type: "allowed_tools", allowed_tools: { mode: "auto", tools: [{ type: "function" }] } },
      response_format: { type: "json_schema", json_schema: { name: "n", schema: SCHEMA, strict: true } },
    },
    {
      model: "m",
      messages: [{ role: "user", content: "Hi" }],
      functions: [{ name: "f", parameters: SCHEMA }],
      function_call: { name: "f" },
      tool_choice: { type: "function", function: { name: "f" } },
      response_format: { type: "json_object", schema: SCHEMA },
      modalities: ["text"],
      stop: "x",
      prompt_caching: { system: true },
      cache_control_injection_points: [{ location: "message", role: "system", index: -1 }],
      user_continue_message: { content: "go on" },
    },
    {
      model: "m",
      messages: [{ role: "user", content: "Hi" }],
      tool_choice: "required",
      function_call: "auto",
    },
  ],
  "text completions": [
    { model: "m", prompt: "x", ...COMMON, max_tokens: 1, echo: true, logprobs: 1, suffix: "s", best_of: 1 },
    { model: "m", prompt: ["x", "y"] },
    { model: "m", prompt: [1, 2] },
    { model: "m", prompt: [[1], [2]] },
  ],
  responses: [
    { model: "m", input: "x", ...COMMON, n: undefined, conversation: { id: "c" }, include: [] },
    {
      model: "m",
      input: ITEMS,
      include: ["reasoning.encrypted_content"],
      text: { format: { type: "json_schema", name: "n", schema: SCHEMA }, verbosity: "low" },
      reasoning: { effort: "low", summary: "auto" },
      truncation: "auto",
      context_management: [{}],
      tools: [
        { type: "function", name: "f", parameters: SCHEMA },
        { type: "custom", name: "f", format: { type: "grammar", syntax: "lark", definition: "d" } },
        { type: "namespace", name: "n", tools: [{ type: "function", name: "f" }] },
        { type: "shell", environment: { type: "local" } },
        { type: "web_search" },
      ],
      tool_choice: { type: "allowed_tools", mode: "auto", tools: [{ type: "function", name: "f" }] },
    },
    {
      model: "m",
      input: [],
      tool_choice: { type: "function", name: "f" },
      text: { format: { type: "text" } },
    },
  ],
  messages: [
    { model: "m", max_tokens: 1, messages: [{ role: "user", content: "x" }], system: "s", ...AWS },
    {
      model: "m",
      max_tokens: 1,
      system: [{ type: "text", text: "x", cache_control: { type: "ephemeral", ttl: "5m" } }],
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "x", citations: [{}] },
            { type: "image", source: { type: "url", url: "https://x/y" } },
            { type: "document", source: { type: "content", content: [{ type: "text", text: "x" }] } },
            { type: "search_result", source: "s", title: "t", content: [{ type: "text", text: "x" }] },
            { type: "tool_result", tool_use_id: "t", content: [{ type: "text", text: "x" }] },
          ],
        },
        {
          role: "assistant",
          content: [
            { type: "thinking", thinking: "x", signature: "s" },
            { type: "redacted_thinking", data: "x" },
            { type: "tool_use", id: "t", name: "f", input: {} },
            { type: "server_tool_use", id: "t" },
          ],
        },
      ],
      thinking: { type: "enabled", budget_tokens: 1024 },
      tools: [
        { name: "f", input_schema: SCHEMA },
        { type: "bash_20250124", name: "bash" },
      ],
      tool_choice: { type: "tool", name: "f" },
      output_config: { effort: "low", format: { type: "json_schema", schema: SCHEMA } },
      stop_sequences: ["x"],
      temperature: 1,
      betas: ["x"],
    },
  ],
  embeddings: [
    { model: "m", input: "x", dimensions: 256, encoding_format: "base64", input_type: "query", ...AWS },
    {
      model: "m",
      input: ["x", { type: "text", text: "x" }, { image: { url: "u" } }, { content: [{ text: "x" }] }],
    },
    { model: "m", input: [1, 2] },
    { model: "m", input: [[1], [2]] },
  ],
  images: [
    { model: "m", prompt: "x", n: 2, size: "1x1", quality: "hd", seed: 1, ...AWS },
    { model: "m", image: [{ image_url: { url: "u" } }, "x"], mask: { image_url: "u" }, images: "x" },
  ],
  moderations: [
    { model: "m", input: "x", ...AWS },
    { model: "m", input: ["x", "y"] },
    {
      model: "m",
      input: [
        { type: "text", text: "x" },
        { type: "image_url", image_url: { url: "u" } },
      ],
    },
  ],
  "a ranking": [
    { model: "m", query: "q", documents: ["a", { text: "b" }], top_n: 1, rank_fields: ["a"], ...AWS },
    { model: "m", query: { text: "q" }, documents: ["a"], max_tokens_per_doc: 1 },
  ],
  "a conversation": [{ metadata: { a: "b" }, items: ITEMS }],
  "what is kept": [{ metadata: { a: "b" }, store: true }],
  access: [
    { aws_access_key_id: "a", aws_session_tags: [{ Key: "k", Value: "v" }], other: 1 },
    { aws_web_identity_token: "a.b.c", aws_session_tags: { k: "v" }, extra_headers: { a: "b" } },
  ],
};
