import { FOREIGN_ITEMS } from "../../../src/openai/responses/items.ts";
import { LLAMA, NOVA } from "../../support/bedrock.ts";
import { PDF, PNG } from "../../support/clients.ts";
import { KEPT } from "./kept.ts";
import { f, sql } from "./response-samples.ts";
import { adjusted, emulated, hi, mapped, rejected, type Samples } from "./sample.ts";

const says = (part: object) => ({
  input: [{ role: "user", content: [{ type: "input_text", text: "Look." }, part] }],
});
const replied = (...items: object[]) => ({ input: [hi, ...items, hi] });
const yes = { role: "assistant", content: "Yes." };
const call = { type: "function_call", call_id: "a", name: "f", arguments: "{}" };
const answered = (output: unknown, one: object = call, tools: object[] = [f]) => ({
  tools,
  input: [hi, one, { type: `${(one as { type: string }).type}_output`, call_id: "a", output }],
});
const shell = { type: "shell_call", call_id: "a", action: { commands: ["ls"] } };
const localShell = {
  type: "local_shell_call",
  id: "lsh_1",
  call_id: "a",
  action: { type: "exec", command: ["ls"] },
};
const patch = { type: "apply_patch_call", call_id: "a", operation: { type: "delete_file", path: "a.txt" } };
const patched = { type: "apply_patch_call_output", call_id: "a", status: "completed" };
const image = { type: "input_image", image_url: `data:image/png;base64,${PNG}` };
const pdf = { type: "input_file", file_data: `data:application/pdf;base64,${PDF}`, filename: "a.pdf" };
const wav = { type: "input_audio", input_audio: { data: btoa("RIFF....WAVEfmt "), format: "wav" } };
const source = (media_type: string, data: string) => ({ type: "base64", media_type, data });
const brings = (type: string) => ({ input: [hi, { type, tools: [f] }] });

/** For every row of the table of items. */
export const ITEMS: Samples = {
  "message user": [mapped({ input: [hi] }), mapped({ input: [{ type: "message", ...hi }] })],
  "message assistant": [
    mapped(replied({ role: "assistant", content: "Yes." })),
    mapped(
      replied({
        role: "assistant",
        id: "msg_1",
        content: [{ type: "output_text", text: "Yes.", annotations: [] }],
      }),
    ),
    adjusted(
      replied({
        role: "assistant",
        content: [{ type: "output_text", text: "Yes." }, { type: "output_image" }],
      }),
    ),
  ],
  "message system": [
    mapped({ input: [{ role: "system", content: "Be brief." }, hi] }),
    emulated({ input: [hi, { role: "system", content: "Be brief." }, hi] }),
  ],
  "message developer": [mapped({ input: [{ role: "developer", content: "Be brief." }, hi] })],
  reasoning: [
    mapped(replied({ type: "reasoning", summary: [], encrypted_content: KEPT.thoughts }, yes)),
    adjusted(replied({ type: "reasoning", summary: [{ type: "summary_text", text: "Hm." }] }, yes)),
    adjusted(replied({ type: "reasoning", summary: [], encrypted_content: "gAAAAABo" }, yes)),
    rejected(replied({ type: "reasoning", summary: [], encrypted_content: KEPT.forged }, yes)),
  ],
  compaction: [
    mapped(replied({ type: "compaction", encrypted_content: KEPT.summary })),
    rejected(replied({ type: "compaction", encrypted_content: "x" })),
  ],
  function_call: [
    mapped(answered("x")),
    emulated(answered("x", { ...call, arguments: "{oops" })),
    rejected({ input: [hi, call] }),
  ],
  function_call_output: [
    mapped(answered("x")),
    mapped(answered([{ type: "input_text", text: "x" }, image])),
    emulated(answered("x", call, [])),
    rejected({ input: [hi, { type: "function_call_output", call_id: "b", output: "x" }] }),
  ],
  custom_tool_call: [
    mapped(answered("x", { type: "custom_tool_call", call_id: "a", name: "sql", input: "SELECT 1" }, [sql])),
  ],
  custom_tool_call_output: [
    mapped(answered("x", { type: "custom_tool_call", call_id: "a", name: "sql", input: "SELECT 1" }, [sql])),
  ],
  local_shell_call: [mapped(answered("x", localShell, [{ type: "local_shell" }]))],
  local_shell_call_output: [mapped(answered("x", localShell, [{ type: "local_shell" }]))],
  shell_call: [mapped(answered("x", shell, [{ type: "shell" }]))],
  shell_call_output: [
    mapped(
      answered([{ stdout: "x", stderr: "", outcome: { type: "exit", exit_code: 0 } }], shell, [
        { type: "shell" },
      ]),
    ),
  ],
  apply_patch_call: [mapped({ tools: [{ type: "apply_patch" }], input: [hi, patch, patched] })],
  apply_patch_call_output: [
    mapped({ tools: [{ type: "apply_patch" }], input: [hi, patch, patched] }),
    mapped({ tools: [{ type: "apply_patch" }], input: [hi, patch, { ...patched, status: "failed" }] }),
  ],
  item_reference: [mapped({ input: [hi, { type: "item_reference", id: KEPT.item }, hi] })],
  additional_tools: [mapped(brings("additional_tools"))],
  tool_search_output: [mapped(brings("tool_search_output"))],
  "any other item": FOREIGN_ITEMS.map((type) => adjusted(replied({ id: "x", type }))),
  "part input_text": [
    mapped(says({ type: "input_text", text: "Hi" })),
    adjusted(says({ type: "input_text", text: " " })),
  ],
  "part input_image": [
    mapped(says(image)),
    emulated(says({ ...image, image_url: `data:image/jpeg;base64,${PNG}` })),
    rejected(says(image), LLAMA),
    rejected(says({ type: "input_image", file_id: "file-1" })),
  ],
  "part input_file": [
    mapped(says(pdf)),
    emulated({ input: [{ role: "user", content: [pdf] }] }),
    rejected(says({ type: "input_file", file_id: "file-1" })),
  ],
  "part input_audio": [mapped(says(wav), "mistral.voxtral-mini-3b-2507"), rejected(says(wav))],
  "part video_url": [mapped(says({ type: "video_url", video_url: { url: "s3://b/a.mp4" } }), NOVA)],
  "part image": [mapped(says({ type: "image", source: source("image/png", PNG) }))],
  "part document": [
    mapped(says({ type: "document", source: source("application/pdf", PDF), citations: { enabled: true } })),
  ],
  "part guarded_text": [mapped(says({ type: "guarded_text", text: "x" }))],
  "part output_text": [mapped(says({ type: "output_text", text: "x" }))],
  "part refusal": [mapped(replied({ role: "assistant", content: [{ type: "refusal", refusal: "No." }] }))],
  "anywhere prompt_cache_breakpoint": [
    mapped(says({ type: "input_text", text: "x", prompt_cache_breakpoint: { mode: "explicit" } })),
  ],
  "anywhere cache_control": [
    mapped(says({ type: "input_text", text: "x", cache_control: { type: "ephemeral" } })),
    adjusted(
      says({ type: "input_text", text: "x", cache_control: { type: "ephemeral" } }),
      LLAMA,
      "cache_control",
    ),
  ],
};

/** What OpenAI runs itself. */
export const HOSTED_TOOLS = [
  "web_search",
  "web_search_preview",
  "file_search",
  "code_interpreter",
  "image_generation",
  "computer",
  "computer_use_preview",
  "mcp",
  "tool_search",
  "programmatic_tool_calling",
];
const mail = { type: "namespace", name: "mail", description: "Mail", tools: [{ ...f, name: "send" }] };

/** For every row of the table of tools. */
export const RESPONSE_TOOLS: Samples = {
  function: [
    mapped({ tools: [f] }),
    emulated({ tools: [{ ...f, name: "a b" }] }),
    adjusted({ tools: [{ ...f, strict: true }] }, NOVA),
  ],
  custom: [
    emulated({ tools: [sql] }),
    emulated({ tools: [{ ...sql, format: { type: "grammar", syntax: "lark", definition: "start: /a+/" } }] }),
  ],
  namespace: [mapped({ tools: [mail] })],
  local_shell: [emulated({ tools: [{ type: "local_shell" }] })],
  shell: [
    emulated({ tools: [{ type: "shell" }] }),
    adjusted({ tools: [{ type: "shell", environment: { type: "container_auto" } }] }),
  ],
  apply_patch: [emulated({ tools: [{ type: "apply_patch" }] })],
  "any other tool": HOSTED_TOOLS.map((type) => adjusted({ tools: [{ type }] })),
};
