import { CLAUDE, LLAMA, MISTRAL, NOVA } from "../../support/bedrock.ts";
import { KEPT } from "./kept.ts";
import { adjusted, emulated, hi, mapped, rejected, type Samples } from "./sample.ts";

const schema = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };
const format = (type: string, members: object = {}) => ({ text: { format: { type, ...members } } });
const json = format("json_schema", { name: "out", schema });
const pairs = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));

const parameters = { type: "object", properties: { a: { type: "string" } } };
export const f = { type: "function", name: "f", parameters };
export const sql = { type: "custom", name: "sql" };
const one = { type: "function", name: "f" };
const choosing = (tool_choice: unknown, tools: object[] = [f]) => ({ tools, tool_choice });
const allowed = (names: string[]) => ({
  type: "allowed_tools",
  mode: "auto",
  tools: names.map((name) => ({ type: "function", name })),
});
const full = { instructions: "Be brief.", tools: [f] };

/** For every row of the table of the Responses API's parameters. */
export const RESPONSES: Samples = {
  input: [
    mapped({ input: "Hi" }),
    mapped({ input: [{ role: "developer", content: "Be brief." }, hi] }),
    emulated({ input: [{ role: "system", content: "Be brief." }, hi] }, MISTRAL),
    adjusted({ input: [hi, { type: "web_search_call", id: "ws_1", status: "completed" }] }),
    rejected({ input: undefined }),
    rejected({ input: [] }),
  ],
  instructions: [mapped({ instructions: "Be brief." }), mapped({ instructions: "Be brief." }, MISTRAL)],
  model: [mapped({})],
  previous_response_id: [
    mapped({ previous_response_id: KEPT.response }),
    rejected({ previous_response_id: "resp_never" }),
    rejected({ previous_response_id: KEPT.response, conversation: KEPT.conversation }),
  ],
  conversation: [
    mapped({ conversation: KEPT.conversation }),
    mapped({ conversation: { id: KEPT.conversation } }),
    rejected(
      { conversation: KEPT.conversation, previous_response_id: KEPT.response },
      CLAUDE,
      "previous_response_id",
    ),
  ],
  store: [mapped({ store: true }), mapped({ store: false })],
  background: [mapped({ background: true }), rejected({ background: true, store: false })],
  stream: [mapped({ stream: true })],
  stream_options: [mapped({ stream: true, stream_options: { include_obfuscation: true } })],
  include: [
    mapped({ include: ["reasoning.encrypted_content"] }),
    adjusted({ include: ["message.output_text.logprobs"] }),
  ],
  max_output_tokens: [mapped({ max_output_tokens: 9 }), adjusted({ max_output_tokens: 1e9 })],
  max_tool_calls: [mapped({ tools: [{ type: "local_shell" }], max_tool_calls: 1 })],
  temperature: [mapped({ temperature: 0.5 }), adjusted({ temperature: 1.5 })],
  top_p: [mapped({ top_p: 0.5 }), adjusted({ top_p: 0.5, temperature: 0.5 })],
  top_logprobs: [adjusted({ top_logprobs: 1 })],
  tools: [
    mapped({ tools: [f] }),
    emulated({ tools: [{ ...f, name: "a b" }] }),
    adjusted({ tools: [{ type: "web_search" }] }),
    rejected({ tools: [f] }, "us.deepseek.r1-v1:0"),
  ],
  tool_choice: [
    ...["required", one, allowed(["f"])].map((choice) => mapped(choosing(choice))),
    emulated(choosing("required"), LLAMA),
    adjusted(choosing({ type: "web_search_preview" })),
    rejected(choosing({ type: "function", name: "g" })),
  ],
  parallel_tool_calls: [
    mapped({ tools: [f], parallel_tool_calls: false }),
    adjusted({ tools: [f], parallel_tool_calls: false }, NOVA),
  ],
  text: [
    mapped(json),
    emulated(json, NOVA),
    emulated(format("json_object")),
    adjusted({ text: { verbosity: "low" } }),
    rejected(format("json_schema", { name: "out", schema: { type: "array" } })),
  ],
  reasoning: [mapped({ reasoning: { effort: "low" } }), adjusted({ reasoning: { effort: "low" } }, NOVA)],
  truncation: [mapped({ truncation: "auto" })],
  prompt: [rejected({ prompt: { id: "pmpt_1" } })],
  context_management: [adjusted({ context_management: [{ type: "compaction", compact_threshold: 1000 }] })],
  metadata: [
    mapped({ metadata: { a: "1" } }),
    adjusted({ metadata: { a: "é" } }),
    rejected({ metadata: pairs(17) }),
  ],
  user: [mapped({ user: "u" }), emulated({ user: "é" })],
  safety_identifier: [mapped({ safety_identifier: "u" }), emulated({ safety_identifier: "é" })],
  service_tier: [mapped({ service_tier: "flex" }), emulated({ service_tier: "scale" })],
  prompt_cache_key: [adjusted({ prompt_cache_key: "k" })],
  prompt_cache_options: [mapped({ ...full, prompt_cache_options: { mode: "implicit" } })],
  prompt_cache_retention: [
    mapped({ ...full, prompt_cache_options: { mode: "implicit" }, prompt_cache_retention: "24h" }),
    adjusted({ prompt_cache_retention: "24h" }),
  ],
  moderation: [adjusted({ moderation: { model: "omni-moderation-latest" } })],
};
