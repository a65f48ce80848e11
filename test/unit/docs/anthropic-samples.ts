import { CLAUDE, GPT, LLAMA, NEW_CLAUDE, NOVA } from "../../support/bedrock.ts";
import { PDF, PNG } from "../../support/clients.ts";
import { type Behaviour, OSS, type Sample, type Samples } from "./sample.ts";

/** By Converse: natively, Claude is sent its own words as they are. */
const CONVERSE = `converse/${CLAUDE}`;

const showing =
  (shows: Behaviour) =>
  (body: object, model = CONVERSE, named?: string): Sample => ({
    shows,
    body,
    model,
    ...(named && { named }),
  });

const mapped = showing("mapped");
const emulated = showing("emulated");
const adjusted = showing("adjusted");
const rejected = showing("rejected");

const hi = { role: "user", content: "Hi" };
const input_schema = { type: "object", properties: { a: { type: "string" } } };
const f = { name: "f", input_schema };
const ephemeral = { cache_control: { type: "ephemeral" } };
const schema = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };
const json = { type: "json_schema", schema };
const full = { system: "Be brief.", tools: [f] };

/** For every row of the table of the Messages API's parameters. */
export const MESSAGES_API: Samples = {
  model: [mapped({})],
  messages: [
    mapped({ messages: [hi] }),
    emulated({ messages: [{ role: "assistant", content: "Hi" }, hi] }),
    adjusted({
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "Hi" },
            { type: "container_upload", file_id: "a" },
          ],
        },
      ],
    }),
    rejected({ messages: [] }),
  ],
  max_tokens: [mapped({ max_tokens: 9 }), adjusted({ max_tokens: 1e9 }), rejected({ max_tokens: undefined })],
  system: [
    mapped({ system: "Be brief." }),
    mapped({ system: [{ type: "text", text: "Be brief.", ...ephemeral }] }),
    rejected({ system: [{ type: "image" }] }),
  ],
  stop_sequences: [
    mapped({ stop_sequences: ["x"] }),
    emulated({ stop_sequences: ["x"] }, OSS),
    adjusted({ stop_sequences: [" "] }),
  ],
  stream: [mapped({ stream: true })],
  temperature: [
    mapped({ temperature: 0.5 }),
    adjusted({ temperature: 0.5 }, NEW_CLAUDE),
    rejected({ temperature: 1.5 }),
  ],
  top_p: [mapped({ top_p: 0.5 }), adjusted({ top_p: 0.5, temperature: 0.5 })],
  top_k: [mapped({ top_k: 3 }), mapped({ top_k: 3 }, NOVA), adjusted({ top_k: 3 }, GPT)],
  tools: [
    mapped({ tools: [f] }),
    emulated({ tools: [{ ...f, name: "a b" }] }),
    adjusted({ tools: [{ type: "web_search_20250305", name: "web_search" }] }),
    rejected({ tools: [f] }, "us.deepseek.r1-v1:0"),
  ],
  tool_choice: [
    ...["auto", "any", "none"].map((type) => mapped({ tools: [f], tool_choice: { type } })),
    mapped({ tools: [f], tool_choice: { type: "tool", name: "f" } }),
    mapped({ tools: [f], tool_choice: { type: "auto", disable_parallel_tool_use: true } }),
    emulated({ tools: [f], tool_choice: { type: "any" } }, LLAMA),
    adjusted({ tools: [f], tool_choice: { type: "auto", disable_parallel_tool_use: true } }, NOVA),
    rejected({ tools: [f], tool_choice: { type: "tool", name: "g" } }),
  ],
  thinking: [
    mapped({ max_tokens: 4000, thinking: { type: "enabled", budget_tokens: 2000 } }),
    mapped({ thinking: { type: "adaptive" } }, `converse/${NEW_CLAUDE}`),
    adjusted({ max_tokens: 4000, thinking: { type: "enabled", budget_tokens: 100 } }),
    adjusted(
      { thinking: { type: "enabled", budget_tokens: 2000 }, max_tokens: 4000 },
      NOVA,
      "output_config.effort",
    ),
  ],
  output_config: [
    mapped({ output_config: { effort: "low" } }, `converse/${NEW_CLAUDE}`),
    mapped({ output_config: { format: json } }),
    emulated({ output_config: { format: json } }, NOVA),
    adjusted({ output_config: { effort: "low" } }, NOVA),
  ],
  output_format: [
    mapped({ output_format: json }),
    emulated({ output_format: json }, NOVA, "output_config.format"),
  ],
  cache_control: [mapped({ ...full, ...ephemeral })],
  metadata: [mapped({ metadata: { user_id: "u" } }), emulated({ metadata: { user_id: "é" } })],
  service_tier: [mapped({ service_tier: "priority" }), emulated({ service_tier: "scale" })],
  betas: [mapped({ betas: ["context-1m-2025-08-07"] }), adjusted({ betas: ["files-api-2025-04-14"] })],
  anthropic_beta: [mapped({ anthropic_beta: ["context-1m-2025-08-07"] })],
  thread: [rejected({ thread: { id: "x" } })],
  container: [adjusted({ container: "x" })],
  mcp_servers: [adjusted({ mcp_servers: [{ type: "url", url: "https://a" }] })],
  context_management: [
    mapped({ context_management: { edits: [] } }),
    adjusted({ context_management: { edits: [] } }, NOVA),
  ],
  inference_geo: [adjusted({ inference_geo: "eu" })],
  speed: [adjusted({ speed: "fast" })],
  diagnostics: [adjusted({ diagnostics: { a: 1 } })],
  user_profile_id: [adjusted({ user_profile_id: "x" })],
  workspace_id: [adjusted({ workspace_id: "x" })],
};

const says = (block: object) => ({
  messages: [{ role: "user", content: [{ type: "text", text: "Look." }, block] }],
});
const source = (media_type: string, data: string) => ({ type: "base64", media_type, data });
const answered = (content: unknown, member: object = {}) => ({
  tools: [f],
  messages: [
    hi,
    { role: "assistant", content: [{ type: "tool_use", id: "a", name: "f", input: {} }] },
    { role: "user", content: [{ type: "tool_result", tool_use_id: "a", content, ...member }] },
  ],
});
const replied = (block: object) => ({
  messages: [hi, { role: "assistant", content: [block, { type: "text", text: "Yes." }] }, hi],
});
const image = { type: "image", source: source("image/png", PNG) };
const pdf = { type: "document", source: source("application/pdf", PDF) };
const found = {
  type: "search_result",
  source: "https://a.example",
  title: "A",
  content: [{ type: "text", text: "x" }],
  citations: { enabled: true },
};
const thought = { type: "thinking", thinking: "Hm.", signature: "c2lnbmVk" };

/** What only Anthropic's own service writes. */
export const FOREIGN_BLOCKS = [
  "server_tool_use",
  "web_search_tool_result",
  "code_execution_tool_result",
  "mcp_tool_use",
  "mcp_tool_result",
  "container_upload",
  "compaction",
  "tool_reference",
];

/** For every row of the table of blocks. */
export const BLOCKS: Samples = {
  "role user": [mapped({})],
  "role assistant": [
    mapped(replied({ type: "text", text: "So." })),
    emulated({ messages: [hi, { role: "assistant", content: "Hi" }] }, `converse/${NEW_CLAUDE}`),
  ],
  "role system": [
    mapped({ messages: [hi, { role: "system", content: "Be brief." }, hi] }, `converse/${NEW_CLAUDE}`),
    emulated({ messages: [hi, { role: "system", content: "Be brief." }, hi] }),
  ],
  text: [mapped(says({ type: "text", text: "Hi" })), adjusted(says({ type: "text", text: " " }))],
  image: [
    mapped(says(image)),
    emulated(says({ type: "image", source: source("image/jpeg", PNG) })),
    rejected(says(image), LLAMA),
    rejected(says({ type: "image", source: { type: "file", file_id: "file_1" } })),
  ],
  document: [
    mapped(says(pdf)),
    mapped(says({ ...pdf, title: "A", context: "c", citations: { enabled: true } })),
    mapped(says({ type: "document", source: { type: "text", media_type: "text/plain", data: "x" } })),
    mapped(
      says({
        type: "document",
        source: { type: "content", content: [{ type: "text", text: "x" }] },
        citations: { enabled: true },
      }),
    ),
    emulated({ messages: [{ role: "user", content: [pdf] }] }),
    rejected(says({ type: "document", source: { type: "file", file_id: "file_1" } })),
  ],
  search_result: [mapped(says(found)), emulated(says(found), NOVA)],
  tool_use: [
    mapped(answered("x")),
    rejected({
      messages: [
        hi,
        { role: "assistant", content: [{ type: "tool_use", id: "a", name: "f", input: {} }] },
        hi,
      ],
    }),
  ],
  tool_result: [
    mapped(answered("x")),
    mapped(answered([{ type: "text", text: "x" }, image])),
    mapped(answered("x", { is_error: true })),
    emulated({ ...answered("x"), tools: [] }),
    rejected({
      messages: [{ role: "user", content: [{ type: "tool_result", tool_use_id: "b", content: "x" }] }],
    }),
  ],
  thinking: [mapped(replied(thought)), adjusted(replied(thought), NOVA)],
  redacted_thinking: [
    mapped(replied({ type: "redacted_thinking", data: "eA==" })),
    adjusted(replied({ type: "redacted_thinking", data: "eA==" }), NOVA),
  ],
  "any other block": FOREIGN_BLOCKS.map((type) => adjusted(replied({ type }))),
  "anywhere cache_control": [
    mapped(says({ type: "text", text: "x", ...ephemeral })),
    adjusted(says({ type: "text", text: "x", ...ephemeral }), LLAMA, "cache_control"),
  ],
  "anywhere citations": [
    adjusted(replied({ type: "text", text: "x", citations: [{ type: "char_location" }] })),
  ],
};

const computer = { type: "computer_20250124", name: "computer" };

/** What only Anthropic's own service runs. */
export const FOREIGN_TOOLS = [
  "web_search_20250305",
  "web_fetch_20250910",
  "code_execution_20250825",
  "mcp_toolset",
  "tool_search_tool_regex_20251119",
];

/** For every row of the table of Anthropic's tools. */
export const ANTHROPIC_TOOLS: Samples = {
  custom: [
    mapped({ tools: [f] }),
    mapped({ tools: [{ ...f, type: "custom", ...ephemeral }] }),
    emulated({ tools: [{ ...f, input_examples: [{ a: "x" }] }] }),
    adjusted({ tools: [{ ...f, strict: true }] }, NOVA),
    adjusted({ tools: [{ ...f, defer_loading: true }] }),
  ],
  ...Object.fromEntries(
    ["bash_20250124", "text_editor_20250728", "memory_20250818"].map((type): [string, Sample[]] => {
      const name = type.replace(/_\d+$/, "");
      const tool = { type, name };
      return [
        name,
        [mapped({ tools: [f, tool] }), emulated({ tools: [tool] }), emulated({ tools: [tool] }, NOVA)],
      ];
    }),
  ),
  computer: [mapped({ tools: [computer] }), adjusted({ tools: [computer] }, NOVA)],
  "any other tool": FOREIGN_TOOLS.map((type) => adjusted({ tools: [{ type, name: "x" }] })),
};
