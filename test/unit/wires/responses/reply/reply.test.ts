import { describe, expect, it } from "vitest";
import { asEvents } from "../../../../../src/conversation/as-events.ts";
import type { ContentBlock, ConverseStreamEvent } from "../../../../../src/conversation/types.ts";
import type { OutputItem, ResponseObject } from "../../../../../src/openai/responses/response.ts";
import { openResponse } from "../../../../../src/wires/responses/reply/opening.ts";
import {
  createReply,
  type Reply,
  type ReplyOptions,
} from "../../../../../src/wires/responses/reply/reply.ts";
import { tellWhole } from "../../../../../src/wires/responses/reply/tell.ts";
import { TOOLS } from "../../../../support/response-answers.ts";

function reply(options: Partial<ReplyOptions> = {}): Reply {
  let ids = 0;
  return createReply(openResponse({ model: "m" }, { id: "resp_1", createdAt: 1, model: "m" }), {
    form: { tools: TOOLS },
    newId: (prefix) => `${prefix}${(ids += 1)}`,
    seal: (blocks) => JSON.stringify(blocks),
    maxToolCalls: undefined,
    now: () => 9,
    ...options,
  });
}

const USAGE = { inputTokens: 3, outputTokens: 5, totalTokens: 8 };

const answered = (
  content: ContentBlock[],
  stopReason = "end_turn",
  options: Partial<ReplyOptions> = {},
): ResponseObject =>
  tellWhole(asEvents({ output: { message: { content } }, stopReason, usage: USAGE }), reply(options));

const output = (...content: ContentBlock[]): OutputItem[] => answered(content).output;

const call = (name: string, input: object = {}): ContentBlock => ({
  toolUse: { toolUseId: `of_${name}`, name, input: input as Record<string, unknown> },
});

describe("an answer as a response", () => {
  it("tells texts that follow each other as one, with what they cite where they cite it", () => {
    const cited = (text: string, url: string): ContentBlock => ({
      citationsContent: { content: [{ text }], citations: [{ title: "T", location: { web: { url } } }] },
    });
    expect(output({ text: "So: " }, cited("one. ", "https://a"), cited("two.", "https://b"))).toEqual([
      {
        id: "msg_1",
        type: "message",
        status: "completed",
        role: "assistant",
        content: [
          {
            type: "output_text",
            text: "So: one. two.",
            annotations: [
              { type: "url_citation", start_index: 4, end_index: 9, title: "T", url: "https://a" },
              { type: "url_citation", start_index: 9, end_index: 13, title: "T", url: "https://b" },
            ],
            logprobs: [],
          },
        ],
      },
    ]);
  });

  it("tells thoughts in summary parts, and seals them as they came, also those that cannot be read", () => {
    const thoughts = [
      { reasoningText: { text: "Hm.", signature: "c2ln" } },
      { redactedContent: "c2VjcmV0" },
      { reasoningText: { text: "Ah." } },
    ];
    const [item, ...others] = output(...thoughts.map((reasoningContent) => ({ reasoningContent })));
    expect(others).toEqual([]);
    expect(item).toMatchObject({
      id: "rs_1",
      type: "reasoning",
      summary: [
        { type: "summary_text", text: "Hm." },
        { type: "summary_text", text: "Ah." },
      ],
    });
    expect(JSON.parse(item!["encrypted_content" as never])).toEqual(thoughts);
  });

  it("keeps the order in which was thought, said and called", () => {
    const thought = { reasoningContent: { reasoningText: { text: "Hm." } } };
    const told = output(thought, { text: "One." }, call("f"), { text: "Two." }, thought, call("g"));
    expect(told.map(({ type }) => type)).toEqual([
      "reasoning",
      "message",
      "function_call",
      "message",
      "reasoning",
      "function_call",
    ]);
  });

  it.each<[string, ContentBlock, object]>([
    ["a function", call("f", { a: 1 }), { type: "function_call", name: "f", arguments: '{"a":1}' }],
    ["a function of a namespace", call("mail__send"), { name: "send", namespace: "mail", arguments: "{}" }],
    ["a custom tool", call("patch", { input: "x\ny" }), { type: "custom_tool_call", input: "x\ny" }],
    ["a local shell", call("local_shell", { command: ["ls"] }), { type: "local_shell_call" }],
    ["a shell", call("shell", { commands: ["ls"] }), { type: "shell_call" }],
    ["a patch", call("apply_patch", { type: "create_file", path: "a" }), { type: "apply_patch_call" }],
  ])("tells the call of %s in its own kind, by the name the caller gave it", (_, block, told) => {
    const [item] = output(block);
    expect(item).toMatchObject({ ...told, call_id: block.toolUse!.toolUseId, status: "completed" });
  });

  it("gives a call a name that the model named by nothing", () => {
    const nameless: ContentBlock = { toolUse: { toolUseId: "", name: "f", input: {} } };
    expect(output(nameless, nameless).map((item) => item["call_id" as never])).toEqual(["call_0", "call_1"]);
  });

  it("does not ask anybody to run what AWS has run", () => {
    const searched: ContentBlock = {
      toolUse: { toolUseId: "s", name: "nova_grounding", input: {}, type: "server_tool_use" },
    };
    expect(output({ text: "a" }, searched, { text: "b" })).toMatchObject([{ content: [{ text: "ab" }] }]);
  });

  it("has an empty message where the model said nothing at all", () => {
    expect(output()).toMatchObject([{ type: "message", status: "completed", content: [{ text: "" }] }]);
  });

  it.each<[string, string, string | null]>([
    ["end_turn", "completed", null],
    ["tool_use", "completed", null],
    ["max_tokens", "incomplete", "max_output_tokens"],
    ["model_context_window_exceeded", "incomplete", "max_output_tokens"],
    ["guardrail_intervened", "incomplete", "content_filter"],
    ["content_filtered", "incomplete", "content_filter"],
  ])("that stopped for %s is %s", (stopReason, status, reason) => {
    const response = answered([{ text: "a" }, call("f"), { text: "b" }], stopReason);
    expect([response.status, response.incomplete_details]).toEqual([
      status,
      reason === null ? null : { reason },
    ]);
    const statuses = response.output.map((item) => item["status" as never]);
    expect(statuses).toEqual(["completed", "completed", status]);
    expect(response["completed_at"]).toBe(status === "completed" ? 9 : null);
  });

  it.each(["malformed_model_output", "malformed_tool_use", "error"])(
    "that stopped for %s is no answer",
    (stopReason) => {
      expect(() => answered([{ text: "a" }], stopReason)).toThrow(expect.objectContaining({ status: 502 }));
    },
  );

  it("does not look whole where no end was heard", () => {
    const cut = reply();
    cut.push({ contentBlockDelta: { contentBlockIndex: 0, delta: { text: "a" } } });
    expect(() => cut.end()).toThrow(expect.objectContaining({ code: "stream_interrupted" }));
    expect(cut.soFar().output).toMatchObject([{ status: "incomplete", content: [{ text: "a" }] }]);
  });

  it("tells what was counted, of the prompt also what the cache took part in, and of the answer what was thought", () => {
    const usage = { ...USAGE, cacheReadInputTokens: 10, cacheWriteInputTokens: 100, reasoningTokens: 2 };
    const response = tellWhole(
      asEvents({ output: { message: { content: [] } }, stopReason: "end_turn", usage }),
      reply(),
    );
    expect(response.usage).toEqual({
      input_tokens: 113,
      input_tokens_details: { cached_tokens: 10, cache_write_tokens: 100 },
      output_tokens: 5,
      output_tokens_details: { reasoning_tokens: 2 },
      total_tokens: 118,
    });
  });

  it("tells no usage that nobody counted", () => {
    const silent = reply();
    silent.push({ messageStop: { stopReason: "end_turn" } });
    expect(Object.keys(silent.end().response)).not.toContain("usage");
  });

  it("tells no more calls of OpenAI's own tools than were wanted, but all of the caller's", () => {
    const many = [call("shell"), call("f"), call("apply_patch"), call("g"), call("patch")];
    const { output: told } = answered(many, "tool_use", { maxToolCalls: 1 });
    expect(told.map(({ type }) => type)).toEqual([
      "shell_call",
      "function_call",
      "function_call",
      "custom_tool_call",
    ]);
  });

  it("takes nothing into the answer that a host says after its end", () => {
    const ended = reply();
    const late: ConverseStreamEvent = {
      contentBlockDelta: { contentBlockIndex: 0, delta: { text: "late" } },
    };
    ended.push({ contentBlockDelta: { contentBlockIndex: 0, delta: { text: "a" } } });
    ended.push({ messageStop: { stopReason: "end_turn" } });
    expect(ended.push(late)).toEqual([]);
    expect(ended.end().response.output).toMatchObject([{ content: [{ text: "a" }] }]);
  });
});
