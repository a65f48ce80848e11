import { GPT, LLAMA, MISTRAL, NEW_CLAUDE, NOVA } from "../../support/bedrock.ts";
import { PDF, PNG } from "../../support/clients.ts";
import {
  adjusted,
  emulated,
  hi,
  mapped,
  rejected,
  type Sample,
  type Samples,
  system,
  tools,
} from "./sample.ts";

const says = (part: object, more: object[] = []) => ({
  messages: [{ role: "user", content: [{ type: "text", text: "Look." }, part] }, ...more],
});
const call = { id: "a", type: "function", function: { name: "f", arguments: "{}" } };
const answered = (reply: object, content: unknown = "x") => ({
  tools,
  messages: [hi, { role: "assistant", ...reply }, { role: "tool", tool_call_id: "a", content }],
});
const replied = (reply: object) => ({ messages: [hi, { role: "assistant", content: "Yes.", ...reply }, hi] });
const legacy = {
  tools,
  messages: [
    hi,
    { role: "assistant", function_call: { name: "f", arguments: "{}" } },
    { role: "function", name: "f", content: "x" },
  ],
};
const anthropics = {
  tools,
  messages: [
    hi,
    { role: "assistant", content: [{ type: "tool_use", id: "a", name: "f", input: {} }] },
    { role: "user", content: [{ type: "tool_result", tool_use_id: "a", content: "x" }] },
  ],
};
const failed = (member: object) => ({
  tools,
  messages: [
    hi,
    { role: "assistant", tool_calls: [call] },
    { role: "tool", tool_call_id: "a", content: "x", ...member },
  ],
});
const thought = { type: "thinking", thinking: "Hm.", signature: "c2lnbmVk" };
const marked = { cache_control: { type: "ephemeral", ttl: "1h" } };
const image = { type: "image_url", image_url: { url: `data:image/png;base64,${PNG}` } };
const source = (media_type: string, data: string) => ({ type: "base64", media_type, data });
const wav = { type: "input_audio", input_audio: { data: btoa("RIFF....WAVEfmt "), format: "wav" } };

/** Members that hold earlier reasoning, signed. */
const REASONING: readonly (readonly [string, object])[] = [
  ["reasoning_content", { reasoning_content: "Hm.", reasoning_signature: "c2ln" }],
  ["reasoning", { reasoning: "Hm.", reasoning_signature: "c2ln" }],
  ["thinking_blocks", { thinking_blocks: [thought] }],
  ["reasoning_details", { reasoning_details: [{ type: "reasoning.text", text: "Hm.", signature: "c2ln" }] }],
];

/** For every row of the table of messages. */
export const MESSAGES: Samples = {
  "role system": [
    mapped({ messages: [system, hi] }),
    emulated({ messages: [hi, system, hi] }),
    emulated({ messages: [system, hi] }, MISTRAL),
  ],
  "role developer": [mapped({ messages: [{ ...system, role: "developer" }, hi] })],
  "role user": [mapped({})],
  "role assistant": [
    mapped(replied({})),
    emulated({ messages: [{ role: "assistant", content: "Hi" }, hi] }),
    emulated({ messages: [hi, { role: "assistant", content: "Hi" }] }, NEW_CLAUDE),
  ],
  "role tool": [
    mapped(answered({ tool_calls: [call] })),
    emulated({ ...answered({ tool_calls: [call] }), tools: [] }),
    rejected({ messages: [hi, { role: "tool", tool_call_id: "b", content: "x" }] }),
  ],
  "role function": [mapped(legacy)],
  "part text": [mapped(says({ type: "text", text: "Hi" })), adjusted(says({ type: "text", text: " " }))],
  "part image_url": [
    mapped(says(image)),
    emulated(says({ type: "image_url", image_url: `data:image/jpeg;base64,${PNG}` })),
    emulated(answered({ tool_calls: [call] }, [image]), "us.mistral.pixtral-large-2502-v1:0"),
    rejected(says(image), LLAMA),
  ],
  "part input_audio": [mapped(says(wav), "mistral.voxtral-mini-3b-2507"), rejected(says(wav))],
  "part file": [
    mapped(says({ type: "file", file: { file_data: `data:application/pdf;base64,${PDF}` } })),
    emulated({ messages: [{ role: "user", content: [{ type: "file", file: { file_data: PDF } }] }] }),
    rejected(says({ type: "file", file: { file_id: "file-1" } })),
  ],
  "part video_url": [
    mapped(says({ type: "video_url", video_url: { url: "s3://b/a.mp4" } }), NOVA),
    rejected(says({ type: "video_url", video_url: { url: "s3://b/a.mp4" } })),
  ],
  "part image": [mapped(says({ type: "image", source: source("image/png", PNG) }))],
  "part document": [
    mapped(
      says({
        type: "document",
        source: source("application/pdf", PDF),
        context: "c",
        citations: { enabled: true },
      }),
    ),
  ],
  "part guarded_text": [mapped(says({ type: "guarded_text", text: "x" }))],
  "part grounding_source": [mapped(says({ type: "grounding_source", text: "x" }))],
  "part query": [mapped(says({ type: "query", text: "x" }))],
  "part tool_result": [mapped(anthropics)],
  ...Object.fromEntries(
    [{ is_error: true }, { status: "error" }].map((member): [string, Sample[]] => [
      `tool member ${Object.keys(member)[0]}`,
      [mapped(failed(member)), emulated(failed(member), GPT)],
    ]),
  ),
  "assistant part text": ["text", "output_text"].map((type) =>
    mapped(replied({ content: [{ type, text: "Yes." }] })),
  ),
  "assistant part tool_use": [mapped(anthropics)],
  "assistant part refusal": [mapped(replied({ content: [{ type: "refusal", refusal: "No." }] }))],
  "assistant part thinking": [
    mapped(replied({ content: [thought, { type: "text", text: "Yes." }] })),
    adjusted(replied({ content: [thought] })),
    adjusted(replied({ content: [thought] }), GPT),
  ],
  "assistant part redacted_thinking": [
    mapped(replied({ content: [{ type: "redacted_thinking", data: "eA==" }] }), GPT),
  ],
  "any other assistant part": [adjusted(replied({ content: [{ type: "output_image" }] }))],
  "assistant member tool_calls": [
    mapped(answered({ tool_calls: [call] })),
    emulated(answered({ tool_calls: [{ ...call, function: { name: "f", arguments: "{oops" } }] })),
  ],
  "assistant member function_call": [mapped(legacy)],
  "assistant member refusal": [mapped(replied({ content: null, refusal: "No." }))],
  ...Object.fromEntries(
    REASONING.map(([name, member]): [string, Sample[]] => [
      `assistant member ${name}`,
      [mapped(replied(member)), adjusted(replied(member), NOVA)],
    ]),
  ),
  "assistant member audio": [adjusted(replied({ audio: { id: "audio_1" } }))],
  "anywhere name": [adjusted({ messages: [{ ...hi, name: "Ann" }] })],
  "anywhere cache_control": [
    mapped(says({ type: "text", text: "x", ...marked })),
    adjusted(says({ type: "text", text: "x", ...marked }), LLAMA, "cache_control"),
  ],
  "anywhere prompt_cache_breakpoint": [
    mapped(says({ type: "text", text: "x", prompt_cache_breakpoint: { mode: "explicit" } })),
  ],
};
