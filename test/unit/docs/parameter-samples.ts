import { CLAUDE, GPT, LLAMA, MISTRAL, NEW_CLAUDE, NOVA } from "../../support/bedrock.ts";
import {
  adjusted,
  emulated,
  f,
  hi,
  JAMBA,
  KIMI,
  mapped,
  NOVA_2,
  OSS,
  R1,
  rejected,
  SLOW,
  type Samples,
  system,
  tools,
} from "./sample.ts";

const one = { type: "function", function: { name: "f" } };
const custom = { type: "custom", custom: { name: "sql" } };
const schema = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };
const json_schema = { type: "json_schema", json_schema: { name: "out", schema } };
const pairs = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));
const full = { messages: [system, hi], tools };
const hour = { prompt_cache_options: { mode: "implicit" }, prompt_cache_retention: "24h" };
const high = { max_tokens: 9, temperature: 0.5, top_p: 0.5, reasoning_effort: "high" };
const guardrail = { guardrailIdentifier: "g", guardrailVersion: "1" };

/** For every row of the table of parameters. */
export const PARAMETERS: Samples = {
  messages: [
    mapped({ messages: [system, hi] }),
    emulated({ messages: [system, hi] }, MISTRAL),
    adjusted({
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: " " },
            { type: "text", text: "Hi" },
          ],
        },
      ],
    }),
    rejected({ messages: [{ role: "user", content: " " }] }),
  ],
  model: [mapped({})],
  model_id: [
    mapped({ model_id: "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc" }),
  ],
  promptVariables: [mapped({ promptVariables: { topic: { text: "sea otters" } } })],
  metadata: [
    mapped({ metadata: { a: "1" } }),
    adjusted({ metadata: { a: "é" } }),
    rejected({ metadata: pairs(17) }),
  ],
  top_logprobs: [
    adjusted({ logprobs: true, top_logprobs: 1 }, CLAUDE, "logprobs"),
    rejected({ top_logprobs: 1 }),
  ],
  temperature: [
    mapped({ temperature: 0.5 }),
    adjusted({ temperature: 1.5 }),
    adjusted({ temperature: 0.5 }, GPT),
  ],
  top_p: [mapped({ top_p: 0.5 }), adjusted({ top_p: 0.5, temperature: 0.5 }), adjusted({ top_p: 0.5 }, GPT)],
  user: [mapped({ user: "u" }), emulated({ user: "é" }), adjusted({ user: "u", metadata: pairs(16) })],
  safety_identifier: [
    mapped({ safety_identifier: "u" }),
    emulated({ safety_identifier: "é" }),
    adjusted({ safety_identifier: "u", metadata: pairs(16) }),
  ],
  prompt_cache_key: [adjusted({ prompt_cache_key: "k" })],
  prompt_cache_retention: [mapped({ ...full, ...hour }), adjusted({ prompt_cache_retention: "24h" })],
  prompt_cache_options: [mapped({ ...full, prompt_cache_options: { mode: "implicit" } })],
  service_tier: [
    mapped({ service_tier: "flex" }),
    emulated({ service_tier: "scale" }),
    adjusted({ service_tier: "flex" }, KIMI),
  ],
  modalities: [rejected({ modalities: ["text", "audio"] })],
  verbosity: [adjusted({ verbosity: "low" })],
  reasoning_effort: [
    ...[CLAUDE, NEW_CLAUDE, NOVA_2, GPT, OSS].map((model) => mapped({ reasoning_effort: "low" }, model)),
    adjusted({ reasoning_effort: "minimal" }, NEW_CLAUDE),
    adjusted({ reasoning_effort: "low" }, R1),
  ],
  max_completion_tokens: [
    mapped({ max_completion_tokens: 9 }),
    adjusted({ max_completion_tokens: 1e9 }),
    adjusted({ ...high, max_completion_tokens: 9 }, NOVA_2),
  ],
  frequency_penalty: [mapped({ frequency_penalty: 1 }, JAMBA), adjusted({ frequency_penalty: 1 })],
  presence_penalty: [mapped({ presence_penalty: 1 }, JAMBA), adjusted({ presence_penalty: 1 })],
  web_search_options: [
    mapped({ web_search_options: {} }, NOVA_2),
    adjusted({ web_search_options: { search_context_size: "high" } }, NOVA_2),
    rejected({ web_search_options: {} }),
  ],
  response_format: [
    mapped({ response_format: json_schema }),
    emulated({ response_format: json_schema }, NOVA),
    emulated({ response_format: json_schema }, R1),
    emulated({ response_format: { type: "json_object" } }),
    rejected({
      response_format: { type: "json_schema", json_schema: { name: "x", schema: { type: "array" } } },
    }),
  ],
  audio: [adjusted({ audio: { voice: "v", format: "wav" } })],
  store: [mapped({ store: true })],
  moderation: [adjusted({ moderation: { model: "m" } })],
  stream: [mapped({ stream: true }), emulated({ stream: true, tools }, LLAMA)],
  stream_options: [mapped({ stream: true, stream_options: { include_usage: true } })],
  stop: [
    mapped({ stop: "x" }),
    emulated({ stop: "x" }, OSS),
    adjusted({ stop: " " }),
    adjusted({ stop: "x", response_format: json_schema }, OSS),
  ],
  logit_bias: [adjusted({ logit_bias: { 5: 1 } })],
  logprobs: [adjusted({ logprobs: true })],
  max_tokens: [mapped({ max_tokens: 9 }), adjusted(high, NOVA_2, "max_completion_tokens")],
  n: [mapped({ n: 2 })],
  prediction: [adjusted({ prediction: { type: "content", content: "x" } })],
  seed: [adjusted({ seed: 1 })],
  tools: [
    mapped({ tools }),
    emulated({ tools: [custom] }),
    adjusted({ tools: [{ type: "web_search" }] }),
    rejected({ tools }, R1),
  ],
  tool_choice: [
    ...["auto", "required", one, { type: "any" }, { type: "tool", name: "f" }].map((tool_choice) =>
      mapped({ tools, tool_choice }),
    ),
    emulated({ tools, tool_choice: "required" }, LLAMA),
    adjusted({ tools, tool_choice: { type: "computer" } }),
    rejected({ tools, tool_choice: { type: "function", function: { name: "g" } } }),
  ],
  parallel_tool_calls: [
    mapped({ tools, parallel_tool_calls: false }),
    adjusted({ tools, parallel_tool_calls: false }, NOVA),
  ],
  function_call: [CLAUDE, NOVA].map((model) =>
    mapped({ functions: [f], function_call: { name: "f" } }, model),
  ),
  functions: [mapped({ functions: [f] })],
  // Bedrock's own.
  guardrailConfig: [mapped({ guardrailConfig: guardrail })],
  performanceConfig: [
    mapped({ performanceConfig: { latency: "optimized" } }),
    adjusted({ performanceConfig: { latency: "optimized" } }, SLOW),
  ],
  serviceTier: [
    mapped({ serviceTier: { type: "reserved" } }),
    adjusted({ serviceTier: { type: "flex" } }, KIMI, "service_tier"),
  ],
  requestMetadata: [
    mapped({ requestMetadata: { a: "1" } }),
    adjusted({ requestMetadata: { a: "é" } }),
    rejected({ requestMetadata: pairs(17) }),
  ],
  additionalModelRequestFields: [
    mapped({ additionalModelRequestFields: { top_k: 1 } }),
    adjusted({ additionalModelRequestFields: { anthropic_beta: ["x"] } }, NOVA, "anthropic_beta"),
  ],
  additionalModelResponseFieldPaths: [mapped({ additionalModelResponseFieldPaths: ["/x"] })],
  // Anthropic's, OpenRouter's, LiteLLM's and the access gateway's.
  top_k: [mapped({ top_k: 1 }), mapped({ top_k: 1 }, NOVA), adjusted({ top_k: 1 }, GPT)],
  thinking: [
    mapped({ thinking: { type: "enabled", budget_tokens: 1024 } }),
    ...[NEW_CLAUDE, NOVA_2, GPT, OSS].map((model) =>
      emulated({ thinking: { type: "enabled", budget_tokens: 1024 } }, model),
    ),
    adjusted({ thinking: { type: "enabled", budget_tokens: 1 } }),
    adjusted({ thinking: { type: "enabled", budget_tokens: 1024 } }, R1, "reasoning_effort"),
  ],
  cache_control: [mapped({ ...full, cache_control: { type: "ephemeral" } })],
  reasoning: [
    ...[NEW_CLAUDE, NOVA_2, GPT, OSS].map((model) => mapped({ reasoning: { effort: "low" } }, model)),
    ...[{ effort: "low" }, { max_tokens: 2000 }, { enabled: true }].map((reasoning) => mapped({ reasoning })),
    adjusted({ reasoning: { effort: "low" } }, R1, "reasoning_effort"),
  ],
  cache_control_injection_points: [
    mapped({
      ...full,
      cache_control_injection_points: [
        { location: "tool_config" },
        { location: "message", role: "system" },
        { location: "message", index: -1 },
      ],
    }),
    adjusted(
      { cache_control_injection_points: [{ location: "message", role: "user" }] },
      LLAMA,
      "cache_control",
    ),
  ],
  user_continue_message: [
    emulated(
      { messages: [{ role: "assistant", content: "Hi" }], user_continue_message: hi },
      NOVA,
      "messages",
    ),
  ],
  prompt_caching: [
    mapped({ ...full, prompt_caching: { system: true, messages: true } }),
    adjusted({ prompt_caching: { messages: true } }, LLAMA, "cache_control"),
  ],
};
