import { describe, expect, it } from "vitest";
import { responsesRequest } from "../../../../src/openai/responses/request.ts";
import { parseRequest } from "../../../../src/reception/parse-request.ts";
import { decodeResponse, type DecodeOptions, mediaUrlsOf } from "../../../../src/wires/responses/decode.ts";
import { PNG } from "../../../support/any-talk.ts";

const IMAGE = `data:image/png;base64,${PNG}`;
const USER = { role: "user", content: "Hi" };

const askedOf = (body: object) => {
  const request = parseRequest(responsesRequest, { model: "m", ...body });
  const given = Array.isArray(request.input) ? request.input : [];
  return { request, items: given.map((item, index) => ({ item, at: `input[${index}]` })) };
};
const decoded = (input: object[], options?: DecodeOptions, rest: object = {}) =>
  decodeResponse(askedOf({ input, ...rest }), options);
const turnsOf = (input: object[], options?: DecodeOptions) => decoded(input, options).conversation.messages;

const call = (id: string, name = "f") => ({ type: "function_call", call_id: id, name, arguments: '{"x":1}' });
const output = (id: string, text: unknown = `of ${id}`) => ({
  type: "function_call_output",
  call_id: id,
  output: text,
});
const use = (id: string, name = "f") => ({ toolUse: { toolUseId: id, name, input: { x: 1 } } });
const result = (id: string) => ({
  role: "user",
  content: [{ toolResult: { toolUseId: id, content: [{ text: `of ${id}` }] } }],
});

describe("messages", () => {
  it.each([
    { role: "user", content: "Hi" },
    { type: "message", role: "user", content: "Hi" },
    { type: null, role: "user", content: [{ type: "input_text", text: "Hi" }] },
    { role: "user", id: "msg_1", status: "completed", content: [{ type: "text", text: "Hi" }] },
  ])("are the user's, however little they say of themselves: %j", (item) => {
    expect(turnsOf([item])).toEqual([{ role: "user", content: [{ text: "Hi" }] }]);
  });

  it("of the assistant are taken as answers tell them, as texts, and as refusals", () => {
    const parts = [
      { type: "output_text", text: "one", annotations: [], logprobs: [] },
      { type: "refusal", refusal: "no" },
      { type: "input_text", text: "two" },
    ];
    const told = { type: "message", id: "msg_1", status: "completed", phase: "final_answer" };
    expect(turnsOf([USER, { ...told, role: "assistant", content: parts }])[1]!.content).toEqual([
      { text: "one" },
      { text: "no" },
      { text: "two" },
    ]);
    expect(turnsOf([USER, { role: "assistant", content: "plain" }])[1]!.content).toEqual([{ text: "plain" }]);
  });

  it("of the developer and instructions are the system prompt where they come first", () => {
    const input = [{ role: "developer", content: [{ type: "input_text", text: "two" }] }, USER];
    const { conversation } = decoded(input, {}, { instructions: "one" });
    expect(conversation.system).toEqual([{ text: "one" }, { text: "two" }]);
    expect(conversation.messages).toHaveLength(1);
  });

  it("keep what they ask to be cached, part by part", () => {
    const marked = { type: "input_text", text: "a", prompt_cache_breakpoint: { mode: "explicit" } };
    const [turn] = turnsOf([{ role: "user", content: [marked, { type: "input_text", text: "b" }] }]);
    expect(turn!.content).toEqual([{ text: "a" }, { cachePoint: { type: "default" } }, { text: "b" }]);
  });

  it("with files name the member that is wrong as the caller wrote it", () => {
    const wrong = (part: object) => () => turnsOf([{ role: "user", content: [part] }]);
    const at = "input[0].content[0]";
    expect(wrong({ type: "input_image", image_url: "ftp://x" })).toThrow(
      expect.objectContaining({
        param: `${at}.image_url`,
        message: expect.stringContaining(`'${at}.image_url'`),
      }),
    );
    expect(wrong({ type: "input_image", file_id: "file-1" })).toThrow(
      expect.objectContaining({ param: `${at}.file_id` }),
    );
    expect(wrong({ type: "input_image" })).toThrow(expect.objectContaining({ param: `${at}.image_url` }));
    expect(wrong({ type: "input_file", file_data: "no base64!" })).toThrow(
      expect.objectContaining({ param: `${at}.file_data` }),
    );
    expect(wrong({ type: "input_file", file_id: "file-1" })).toThrow(
      expect.objectContaining({ param: `${at}.file_id` }),
    );
  });
});

describe("URLs of files", () => {
  it("are found in messages and in what tools returned, each where it stands first", () => {
    const asked = askedOf({
      input: [
        { role: "user", content: [{ type: "input_image", image_url: "https://a/b.png" }] },
        call("a"),
        output("a", [
          { type: "input_text", text: "see" },
          { type: "input_file", file_url: "https://a/c.pdf", filename: "c.pdf" },
          { type: "input_image", image_url: "https://a/b.png" },
        ]),
      ],
    });
    expect([...mediaUrlsOf(asked)]).toEqual([
      ["https://a/b.png", "input[0].content[0].image_url"],
      ["https://a/c.pdf", "input[2].output[1].file_url"],
    ]);
  });
});

describe("calls and their results", () => {
  it("that were made side by side are one turn, whatever stands between them", () => {
    const answer = { role: "assistant", content: "let me see" };
    expect(turnsOf([USER, answer, call("a"), call("b"), output("b"), output("a")])).toEqual([
      { role: "user", content: [{ text: "Hi" }] },
      { role: "assistant", content: [{ text: "let me see" }, use("a"), use("b")] },
      result("b"),
      result("a"),
    ]);
  });

  it("that were made one after the other stay so, even under one id", () => {
    const roles = turnsOf([USER, call("a"), output("a"), call("a"), output("a")]).map(({ role }) => role);
    expect(roles).toEqual(["user", "assistant", "user", "assistant", "user"]);
  });

  it.each([
    ["a user who interrupts", [USER, call("a"), { role: "user", content: "wait" }, output("a")]],
    [
      "an answer that comes between",
      [USER, call("a"), call("b"), output("a"), { role: "assistant", content: "so" }, output("b")],
    ],
  ])("stand together in spite of %s", (_, input) => {
    const turns = turnsOf(input);
    const at = turns.findIndex(({ content }) => content.some((block) => block.toolUse));
    const calls = turns[at]!.content.length;
    for (const turn of turns.slice(at + 1, at + 1 + calls)) expect(turn.content[0]!.toolResult).toBeDefined();
  });

  it("are refused in OpenAI's words where one is without the other", () => {
    expect(() => turnsOf([call("call_1")])).toThrow("No tool output found for function call call_1.");
    expect(() =>
      turnsOf([{ type: "custom_tool_call", call_id: "call_1", name: "c", input: "" }, USER]),
    ).toThrow("No tool output found for custom tool call call_1.");
    expect(() => turnsOf([USER, output("call_1")])).toThrow(
      "No tool call found for function call output with call_id call_1.",
    );
    expect(() => turnsOf([output("a"), call("a")])).toThrow("No tool call found");
  });

  it("answered twice are answered once", () => {
    const { conversation, adjustments } = decoded([call("a"), output("a"), USER, output("a")]);
    const results = conversation.messages.flatMap(({ content }) =>
      content.filter((block) => block.toolResult),
    );
    expect(results).toHaveLength(1);
    expect(adjustments).toEqual([expect.objectContaining({ param: "input[3]", action: "dropped" })]);
  });

  it("return images and files beside text", () => {
    const parts = [
      { type: "input_text", text: "see" },
      { type: "input_image", image_url: IMAGE, detail: "auto" },
    ];
    const { content } = turnsOf([call("a"), output("a", parts)])[1]!;
    expect(content[0]!.toolResult!.content).toEqual([
      { text: "see" },
      { image: { format: "png", source: { bytes: PNG } } },
    ]);
  });

  it("of arguments that no model should have written name the item", () => {
    const made = decoded([USER, { ...call("a"), arguments: "{oops" }, output("a")]);
    expect(made.adjustments.map(({ param }) => made.wording!(param))).toEqual(["input[1].arguments"]);
  });

  it("of tools for which functions stand in are calls of these", () => {
    const action = { type: "exec", command: ["ls", "-l"], env: {}, timeout_ms: null };
    const turns = turnsOf([
      { type: "local_shell_call", id: "lsh_1", call_id: "a", status: "completed", action },
      { type: "shell_call", call_id: "b", action: { commands: ["ls"], max_output_length: 9 } },
      {
        type: "apply_patch_call",
        call_id: "c",
        status: "completed",
        operation: { type: "create_file", path: "x", diff: "+a" },
      },
      { type: "custom_tool_call", call_id: "d", name: "c", input: "free text" },
      // The item's id, as OpenAI's clients have it.
      { type: "local_shell_call_output", id: "lsh_1", output: "files" },
      {
        type: "shell_call_output",
        call_id: "b",
        output: [{ stdout: "x", stderr: "", outcome: { type: "exit", exit_code: 0 } }],
      },
      { type: "apply_patch_call_output", call_id: "c", status: "failed", output: "no such file" },
      { type: "custom_tool_call_output", call_id: "d", output: "ok" },
    ]);
    expect(turns[0]!.content.map(({ toolUse }) => [toolUse!.name, toolUse!.input])).toEqual([
      ["local_shell", { command: ["ls", "-l"] }],
      ["shell", { commands: ["ls"], max_output_length: 9 }],
      ["apply_patch", { type: "create_file", path: "x", diff: "+a" }],
      ["c", { input: "free text" }],
    ]);
    const results = turns.slice(1).map(({ content }) => content[0]!.toolResult!);
    expect(results.map(({ toolUseId }) => toolUseId)).toEqual(["a", "b", "c", "d"]);
    expect(results[1]!.content[0]!.text).toContain('"stdout":"x"');
    expect(results[2]).toMatchObject({ status: "error", content: [{ text: "no such file" }] });
  });
});

describe("reasoning", () => {
  const thought = (more: object = {}) => ({ type: "reasoning", id: "rs_1", summary: [], ...more });
  const opening = (opened: ReturnType<NonNullable<DecodeOptions["openSealed"]>>): DecodeOptions => ({
    openSealed: () => opened,
  });

  it("that we sealed comes back as the model told it, before what it led to", () => {
    const signed = { reasoningText: { text: "hm", signature: "c2ln" } };
    const blocks = [signed, { redactedContent: "AAAA" }];
    const turns = turnsOf(
      [USER, thought({ encrypted_content: "x" }), call("a"), output("a")],
      opening({ value: { blocks } }),
    );
    expect(turns[1]!.content).toEqual([
      { reasoningContent: signed },
      { reasoningContent: { redactedContent: "AAAA" } },
      use("a"),
    ]);
  });

  it("of others is left out with a note, what is forged is refused", () => {
    const input = [USER, thought({ encrypted_content: "gAAAA" }), { role: "assistant", content: "so" }];
    const { conversation, adjustments } = decoded(input, opening("foreign"));
    expect(conversation.messages[1]!.content).toEqual([{ text: "so" }]);
    expect(adjustments).toEqual([
      expect.objectContaining({ param: "input[1].encrypted_content", action: "dropped" }),
    ]);
    expect(() => decoded(input, opening("forged"))).toThrow(
      expect.objectContaining({ status: 400, code: "invalid_encrypted_content" }),
    );
  });

  it("without a seal is told as it can be read", () => {
    const summary = [
      { type: "summary_text", text: "one" },
      { type: "summary_text", text: "two" },
    ];
    const [, turn] = turnsOf([USER, thought({ summary }), { role: "assistant", content: "so" }]);
    expect(turn!.content[0]).toEqual({ reasoningContent: { reasoningText: { text: "one\n\ntwo" } } });
  });

  it("of a history that was compacted is an instruction; one that cannot be read is refused", () => {
    const input = [{ type: "compaction", id: "cmp_1", encrypted_content: "x" }, USER];
    expect(decoded(input, opening({ value: { summary: "They spoke." } })).conversation.system).toEqual([
      { text: "They spoke." },
    ]);
    for (const opened of ["foreign", "forged"] as const)
      expect(() => decoded(input, opening(opened))).toThrow(
        expect.objectContaining({ code: "invalid_encrypted_content", param: "input[0].encrypted_content" }),
      );
  });
});

describe("what OpenAI's own tools left in a history", () => {
  it("is left out, each kind with a note", () => {
    const items = [
      { type: "web_search_call", id: "ws_1", status: "completed", action: { type: "search", query: "q" } },
      { type: "image_generation_call", id: "ig_1", status: "completed", result: "AAAA" },
      { type: "mcp_call", id: "mcp_1", server_label: "s", name: "n", arguments: "{}" },
      { type: "web_search_call", id: "ws_2", status: "completed" },
    ];
    const { conversation, adjustments } = decoded([USER, ...items]);
    expect(conversation.messages).toHaveLength(1);
    expect(adjustments.map(({ param }) => param)).toEqual(["input[1]", "input[2]", "input[3]"]);
  });

  it("and nothing else is no request", () => {
    expect(() => decoded([{ type: "mcp_list_tools", id: "m", server_label: "s", tools: [] }])).toThrow(
      expect.objectContaining({ status: 400, param: "input" }),
    );
  });
});

describe("items that are none", () => {
  it.each([
    [{ type: "function_cal", call_id: "a" }, "input[0].type"],
    [{ role: "robot", content: "x" }, "input[0].role"],
    [{ role: "user" }, "input[0].content"],
    [{ role: "user", content: [{ type: "input_vid" }] }, "input[0].content[0].type"],
    [{ role: "user", content: [{ type: "input_text" }] }, "input[0].content[0].text"],
    [{ role: "developer", content: [{ type: "input_image", image_url: IMAGE }] }, "input[0].content[0].type"],
    [{ type: "function_call", name: "f", arguments: "{}" }, "input[0].call_id"],
    [{ type: "function_call", call_id: "a", name: "f", arguments: {} }, "input[0].arguments"],
    [{ type: "function_call_output", call_id: "a" }, "input[0].output"],
    [
      { type: "function_call_output", call_id: "a", output: [{ type: "input_audio" }] },
      "input[0].output[0].type",
    ],
    [{ type: "reasoning", encrypted_content: 5 }, "input[0].encrypted_content"],
    [{ type: "shell_call", call_id: "a", action: { commands: "ls" } }, "input[0].action.commands"],
    ["Hi", "input[0]"],
  ])("%j is refused, naming %s", (item, param) => {
    expect(() => askedOf({ input: [item] })).toThrow(expect.objectContaining({ status: 400, param }));
  });
});
