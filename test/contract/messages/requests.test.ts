import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Adjustment } from "../../../src/adjustments.ts";
import type { Conversation } from "../../../src/conversation/types.ts";
import { CLAUDE, GPT, type House, LLAMA, NEW_CLAUDE, NOVA, openHouse } from "../../support/bedrock.ts";
import { PDF, PNG } from "../../support/clients.ts";
import type { ToldMessage } from "../../support/message-events.ts";
import { messageRequest } from "../../support/requests.ts";

/** By Converse: what Claude does natively is tested apart. */
const CONVERSE_CLAUDE = `converse/${CLAUDE}`;

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

interface Sent {
  body: Conversation;
  adjustments: Adjustment[];
  message: ToldMessage;
}

/** What AWS got, and took. */
async function sent(body: Record<string, unknown>, headers: Record<string, string> = {}): Promise<Sent> {
  const response = await house.handler(messageRequest({ model: CONVERSE_CLAUDE, ...body }, { headers }));
  const message = (await response.json()) as ToldMessage;
  expect(message).toMatchObject({ type: "message" });
  return {
    body: house.bedrock.requests.at(-1)!.body as Conversation,
    adjustments: JSON.parse(response.headers.get("x-bedrock-adjustments") ?? "[]") as Adjustment[],
    message,
  };
}

async function refused(body: Record<string, unknown>): Promise<{ status: number; message: string }> {
  const before = house.bedrock.requests.length;
  const response = await house.handler(messageRequest({ model: CONVERSE_CLAUDE, ...body }));
  const { type, error, request_id } = (await response.json()) as {
    type: string;
    error: { type: string; message: string };
    request_id: string;
  };
  expect({ type, error: error.type }).toEqual({ type: "error", error: "invalid_request_error" });
  expect(request_id).toBe(response.headers.get("request-id"));
  expect(house.bedrock.requests.length).toBe(before);
  return { status: response.status, message: error.message };
}

const user = (...content: object[]): object => ({ role: "user", content });
const look = { type: "text", text: "Look" };
const tool = { name: "f", description: "d", input_schema: { type: "object", properties: {} } };

describe("blocks of messages", () => {
  it("are images and documents wherever they may stand, with what is to be known of them", async () => {
    const image = { type: "image", source: { type: "base64", media_type: "image/png", data: PNG } };
    const document = {
      type: "document",
      title: "Q3.pdf",
      context: "the third",
      citations: { enabled: true },
      source: { type: "base64", media_type: "application/pdf", data: PDF },
    };
    const { body } = await sent({
      tools: [tool],
      messages: [
        user(look, image, document),
        { role: "assistant", content: [{ type: "tool_use", id: "t", name: "f", input: {} }] },
        user({ type: "tool_result", tool_use_id: "t", content: [look, image] }),
      ],
    });
    const png = { image: { format: "png", source: { bytes: PNG } } };
    expect(body.messages[0]!.content).toEqual([
      { text: "Look" },
      png,
      {
        document: {
          format: "pdf",
          name: "Q3",
          source: { bytes: PDF },
          context: "the third",
          citations: { enabled: true },
        },
      },
    ]);
    expect(body.messages[2]!.content[0]!.toolResult!.content).toEqual([{ text: "Look" }, png]);
  });

  it("are documents of blocks, whole where nothing is cited and in blocks where it is", async () => {
    const source = {
      type: "content",
      content: [
        { type: "text", text: "one" },
        { type: "text", text: "two" },
      ],
    };
    const { body } = await sent({
      messages: [
        user(look, { type: "document", source }, { type: "document", source, citations: { enabled: true } }),
      ],
    });
    const [, whole, inBlocks] = body.messages[0]!.content;
    expect(whole!.document).toMatchObject({
      format: "txt",
      source: { bytes: Buffer.from("one\n\ntwo").toString("base64") },
    });
    expect(inBlocks!.document!.source).toEqual({ content: [{ text: "one" }, { text: "two" }] });
  });

  it("are search results for Claude, and text for the others", async () => {
    const result = {
      type: "search_result",
      source: "https://example.com",
      title: "Example",
      content: [{ type: "text", text: "found" }],
      citations: { enabled: true },
    };
    const { type: _, ...searchResult } = { ...result, content: [{ text: "found" }] };
    const asked = { messages: [user(look, result)] };
    const claude = await sent(asked);
    expect(claude.body.messages[0]!.content[1]).toEqual({ searchResult });
    const nova = await sent({ model: NOVA, ...asked });
    expect(nova.body.messages[0]!.content[1]).toEqual({ text: "Example\nhttps://example.com\n\nfound" });
    expect(nova.adjustments).toMatchObject([{ param: "messages", action: "emulated" }]);
  });

  it("that only Anthropic's service reads are left out, and said to be", async () => {
    const { body, adjustments } = await sent({
      messages: [
        user(look),
        {
          role: "assistant",
          content: [
            { type: "server_tool_use", id: "s", name: "web_search", input: {} },
            { type: "web_search_tool_result", tool_use_id: "s", content: [] },
            { type: "text", text: "Found.", citations: [{ type: "web_search_result_location" }] },
          ],
        },
        user({ type: "container_upload", file_id: "f" }, look),
      ],
    });
    expect(body.messages.map(({ content }) => content)).toEqual([
      [{ text: "Look" }],
      [{ text: "Found." }],
      [{ text: "Look" }],
    ]);
    expect(adjustments.map(({ param }) => param)).toEqual([
      "messages.1.content.0",
      "messages.1.content.1",
      "messages.1.content.2.citations",
      "messages.2.content.0",
    ]);
  });

  it("stand in AWS's order, results before what else the user says", async () => {
    const { body } = await sent({
      tools: [tool],
      messages: [
        user(look),
        {
          role: "assistant",
          content: [
            { type: "tool_use", id: "a", name: "f", input: { "": 1, x: 2 } },
            { type: "tool_use", id: "b", name: "f", input: {} },
          ],
        },
        user(
          look,
          { type: "tool_result", tool_use_id: "b", content: "two", is_error: true },
          { type: "tool_result", tool_use_id: "a" },
        ),
      ],
    });
    expect(body.messages[1]!.content[0]!.toolUse!.input).toEqual({ x: 2 });
    expect(body.messages[2]!.content).toEqual([
      { toolResult: { toolUseId: "b", content: [{ text: "two" }], status: "error" } },
      { toolResult: { toolUseId: "a", content: [{ text: "(no output)" }] } },
      { text: "Look" },
    ]);
  });
});

describe("cache_control", () => {
  it("is a cache point after whatever it stands on", async () => {
    const mark = { cache_control: { type: "ephemeral" } };
    const { body } = await sent({
      system: [{ type: "text", text: "Be kind.", cache_control: { type: "ephemeral", ttl: "1h" } }],
      tools: [{ ...tool, cache_control: { type: "ephemeral", ttl: "1h" } }],
      messages: [user({ ...look, ...mark }, look)],
    });
    const hour = { cachePoint: { type: "default", ttl: "1h" } };
    expect(body.toolConfig!.tools[1]).toEqual(hour);
    expect(body.system).toEqual([{ text: "Be kind." }, hour]);
    expect(body.messages[0]!.content).toEqual([
      { text: "Look" },
      { cachePoint: { type: "default" } },
      { text: "Look" },
    ]);
  });

  it("on the request itself caches all there is", async () => {
    const { body } = await sent({ system: "Be kind.", tools: [tool], cache_control: { type: "ephemeral" } });
    const point = { cachePoint: { type: "default" } };
    expect([body.toolConfig!.tools.at(-1), body.system!.at(-1), body.messages[0]!.content.at(-1)]).toEqual([
      point,
      point,
      point,
    ]);
  });

  it("is told in usage by how long it is kept", async () => {
    house.bedrock.enqueue({
      content: [{ text: "ok" }],
      usage: {
        inputTokens: 10,
        outputTokens: 5,
        totalTokens: 15,
        cacheReadInputTokens: 100,
        cacheWriteInputTokens: 7,
        cacheDetails: [
          { ttl: "1h", inputTokens: 4 },
          { ttl: "5m", inputTokens: 3 },
        ],
      },
    });
    const { message } = await sent({});
    expect(message.usage).toMatchObject({
      input_tokens: 10,
      output_tokens: 5,
      cache_read_input_tokens: 100,
      cache_creation_input_tokens: 7,
      cache_creation: { ephemeral_5m_input_tokens: 3, ephemeral_1h_input_tokens: 4 },
    });
  });
});

describe("tools", () => {
  it("of Anthropic's own go to Claude past Converse, with the beta they need", async () => {
    const computer = {
      type: "computer_20250124",
      name: "computer",
      display_width_px: 1,
      display_height_px: 1,
    };
    const bash = { type: "bash_20250124", name: "bash" };
    const { body } = await sent({ tools: [bash, tool, computer] });
    expect(body.toolConfig!.tools.map(({ toolSpec }) => toolSpec?.name)).toEqual(["f"]);
    expect(body.additionalModelRequestFields).toEqual({
      tools: [bash, computer],
      anthropic_beta: ["computer-use-2025-01-24"],
    });
  });

  it.each([NOVA, GPT, LLAMA])("of Anthropic's own are functions for %s", async (model) => {
    const { body, adjustments } = await sent({
      model,
      tools: [
        { type: "bash_20250124", name: "bash" },
        { type: "text_editor_20250728", name: "str_replace_based_edit_tool" },
        { type: "computer_20250124", name: "computer" },
      ],
    });
    expect(body.toolConfig!.tools.map(({ toolSpec }) => toolSpec?.name)).toEqual([
      "bash",
      "str_replace_based_edit_tool",
    ]);
    expect(body.additionalModelRequestFields).toBeUndefined();
    expect(adjustments).toContainEqual({
      param: "tools",
      action: "dropped",
      reason: "This model has no tools of type 'computer_20250124'.",
    });
  });

  it("of Anthropic's own alone are functions for Claude, so that its calls can be answered", async () => {
    const { body } = await sent({
      tools: [{ type: "bash_20250124", name: "bash" }],
      tool_choice: { type: "tool", name: "bash" },
      messages: [
        user(look),
        {
          role: "assistant",
          content: [{ type: "tool_use", id: "t", name: "bash", input: { command: "ls" } }],
        },
        user({ type: "tool_result", tool_use_id: "t", content: "a.txt" }),
      ],
    });
    expect(body.toolConfig!.toolChoice).toEqual({ tool: { name: "bash" } });
    expect(body.messages[1]!.content[0]).toEqual({
      toolUse: { toolUseId: "t", name: "bash", input: { command: "ls" } },
    });
  });

  it("that run on Anthropic's servers are left out, and said to be", async () => {
    const { body, adjustments } = await sent({
      tools: [{ type: "web_search_20250305", name: "web_search", max_uses: 5 }],
    });
    expect(body.toolConfig).toBeUndefined();
    expect(adjustments).toMatchObject([{ param: "tools.0", action: "dropped" }]);
  });

  it("show examples of their input in words", async () => {
    const { body, adjustments } = await sent({ tools: [{ ...tool, input_examples: [{ a: 1 }] }] });
    expect(body.toolConfig!.tools[0]!.toolSpec!.description).toBe('d\n\nExample of its input: {"a":1}');
    expect(adjustments).toMatchObject([{ param: "tools.0.input_examples", action: "emulated" }]);
  });

  it.each([
    [{ type: "auto" }, { auto: {} }],
    [{ type: "any" }, { any: {} }],
    [{ type: "tool", name: "f" }, { tool: { name: "f" } }],
  ])("are chosen by %j", async (tool_choice, chosen) => {
    expect((await sent({ tools: [tool], tool_choice })).body.toolConfig!.toolChoice).toEqual(chosen);
  });

  it("are not offered where none may be called", async () => {
    expect((await sent({ tools: [tool], tool_choice: { type: "none" } })).body.toolConfig).toBeUndefined();
  });

  it("are called one at a time where that is asked for", async () => {
    const { body } = await sent({
      tools: [tool],
      tool_choice: { type: "any", disable_parallel_tool_use: true },
    });
    expect(body.additionalModelRequestFields).toEqual({
      tool_choice: { type: "any", disable_parallel_tool_use: true },
    });
  });
});

describe("parameters", () => {
  it("become Converse's", async () => {
    const { body } = await sent({
      system: "Be kind.",
      temperature: 0.5,
      top_k: 5,
      stop_sequences: ["END", " "],
      metadata: { user_id: "u-1" },
      service_tier: "standard_only",
    });
    expect(body).toMatchObject({
      system: [{ text: "Be kind." }],
      inferenceConfig: { maxTokens: 1000, temperature: 0.5, stopSequences: ["END"] },
      additionalModelRequestFields: { top_k: 5 },
      requestMetadata: { user: "u-1" },
    });
    expect(body.serviceTier).toBeUndefined();
  });

  it("of thinking reach each family in its own words", async () => {
    const thinking = { type: "enabled", budget_tokens: 2000 };
    const claude = await sent({ max_tokens: 4000, thinking });
    expect(claude.body.additionalModelRequestFields).toEqual({ thinking });
    const newest = await sent({
      model: `converse/${NEW_CLAUDE}`,
      max_tokens: 4000,
      thinking: { type: "adaptive" },
      output_config: { effort: "max" },
    });
    expect(newest.body.additionalModelRequestFields).toMatchObject({
      thinking: { type: "adaptive" },
      output_config: { effort: "max" },
    });
    const gpt = await sent({ model: GPT, max_tokens: 4000, thinking });
    expect(gpt.body.additionalModelRequestFields).toEqual({ reasoning: { effort: "low" } });
  });

  it("that are betas reach Claude, from the header and from the body, and nobody else", async () => {
    const headers = { "anthropic-beta": "context-management-2025-06-27, interleaved-thinking-2025-05-14" };
    const context_management = { edits: [] };
    const claude = await sent({ betas: ["effort-2025-11-24"], context_management }, headers);
    expect(claude.body.additionalModelRequestFields).toEqual({
      context_management,
      anthropic_beta: [
        "context-management-2025-06-27",
        "interleaved-thinking-2025-05-14",
        "effort-2025-11-24",
      ],
    });
    const nova = await sent({ model: NOVA, context_management }, headers);
    expect(nova.body.additionalModelRequestFields).toBeUndefined();
    expect(nova.adjustments.map(({ param }) => param)).toEqual(["context_management", "anthropic_beta"]);
  });

  it("that only Anthropic's service knows are left out, and said to be", async () => {
    const { body, adjustments } = await sent({
      inference_geo: "us",
      mcp_servers: [{ type: "url", url: "https://example.com", name: "m" }],
      container: "c",
    });
    expect(body.additionalModelRequestFields).toBeUndefined();
    expect(adjustments.map(({ param }) => param)).toEqual(["container", "mcp_servers", "inference_geo"]);
  });

  it("are named as the caller named them where they are refused", async () => {
    const strict = house.withOptions({ unsupported: "reject" });
    const response = await strict(messageRequest({ model: NOVA, output_config: { effort: "high" } }));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining("'output_config.effort'") },
    });
  });

  it("may be the operator's own", async () => {
    const models = { mine: { model: NOVA, defaults: { max_tokens: 77, stop: "END", temperature: 0.1 } } };
    const handler = house.withOptions({ models });
    const response = await handler(messageRequest({ model: "mine", max_tokens: undefined }));
    expect(response.status).toBe(200);
    expect((house.bedrock.requests.at(-1)!.body as Conversation).inferenceConfig).toMatchObject({
      maxTokens: 77,
      temperature: 0.1,
      stopSequences: ["END"],
    });
  });
});

describe("the end of an answer", () => {
  it.each([
    ["end_turn", "end_turn", null],
    ["max_tokens", "max_tokens", null],
    ["stop_sequence", "stop_sequence", "END"],
    ["guardrail_intervened", "refusal", null],
    ["content_filtered", "refusal", null],
    ["model_context_window_exceeded", "model_context_window_exceeded", null],
    ["something_new", "end_turn", null],
  ])("that AWS calls %s is %s", async (stopReason, stop_reason, stop_sequence) => {
    house.bedrock.enqueue({ content: [{ text: "ok" }], stopReason });
    const { message } = await sent({ stop_sequences: ["END"] });
    expect(message).toMatchObject({ stop_reason, stop_sequence });
  });

  it("tells which of several sequences it was, where Claude says", async () => {
    house.bedrock.enqueue({
      content: [{ text: "ok" }],
      stopReason: "stop_sequence",
      additionalModelResponseFields: { stop_sequence: "TWO" },
    });
    const { body, message } = await sent({ stop_sequences: ["ONE", "TWO"] });
    expect(body.additionalModelResponseFieldPaths).toContain("/stop_sequence");
    expect(message).toMatchObject({ stop_reason: "stop_sequence", stop_sequence: "TWO" });
  });

  it("is a failure where the model's output was unusable", async () => {
    house.bedrock.enqueue({ content: [{ text: "{" }], stopReason: "malformed_tool_use" });
    const response = await house.handler(messageRequest({ model: NOVA }));
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ type: "error", error: { type: "api_error" } });
  });
});

describe("citations", () => {
  it("point into the caller's documents", async () => {
    const place = { documentIndex: 0, start: 1, end: 2 };
    const citation = { title: "D", sourceContent: [{ text: "blue" }] };
    house.bedrock.enqueue({
      content: [
        {
          citationsContent: {
            content: [{ text: "The sky is blue." }],
            citations: [
              { ...citation, location: { documentChar: place } },
              { ...citation, location: { documentPage: place } },
              { ...citation, location: { documentChunk: place } },
              {
                ...citation,
                source: "s",
                location: { searchResultLocation: { searchResultIndex: 3, start: 0, end: 1 } },
              },
            ],
          },
        },
      ],
    });
    const { message } = await sent({});
    const cited = { cited_text: "blue", document_index: 0, document_title: "D", file_id: null };
    expect(message.content).toEqual([
      {
        type: "text",
        text: "The sky is blue.",
        citations: [
          { type: "char_location", ...cited, start_char_index: 1, end_char_index: 2 },
          { type: "page_location", ...cited, start_page_number: 1, end_page_number: 2 },
          { type: "content_block_location", ...cited, start_block_index: 1, end_block_index: 2 },
          {
            type: "search_result_location",
            cited_text: "blue",
            search_result_index: 3,
            source: "s",
            title: "D",
            start_block_index: 0,
            end_block_index: 1,
          },
        ],
      },
    ]);
  });
});

describe("a request that makes no sense is refused in Anthropic's words, and nothing is sent", () => {
  const result = (id: string): object => user({ type: "tool_result", tool_use_id: id, content: "x" });
  const call = { role: "assistant", content: [{ type: "tool_use", id: "t", name: "f", input: {} }] };
  it.each([
    [{ max_tokens: undefined }, "max_tokens: Field required"],
    [{ max_tokens: 0 }, "max_tokens: Input should be greater than or equal to 1"],
    [{ max_tokens: "many" }, "max_tokens: Input should be a valid number"],
    [{ model: "" }, "model: String should have at least 1 character"],
    [{ messages: [] }, "messages: List should have at least 1 item after validation, not 0"],
    [{ messages: "Hello" }, "messages: Input should be a valid list"],
    [{ messages: [{ role: "user" }] }, "messages.0.content: Field required"],
    [
      { messages: [{ role: "tool", content: "" }] },
      "messages.0.role: Input should be 'user', 'assistant' or 'system'",
    ],
    [{ messages: [user({ text: "Hi" })] }, "messages.0.content.0.type: Field required"],
    [{ messages: [user({ type: "text" })] }, "messages.0.content.0.text: Field required"],
    [
      { messages: [user({ type: "image", source: { type: "base64", data: PNG } })] },
      "messages.0.content.0.source.media_type: Field required",
    ],
    [
      { messages: [user({ type: "image", source: { type: "ftp" } })] },
      "messages.0.content.0.source: Input tag 'ftp' found using 'type' does not match any of the expected tags: 'base64', 'url', 'file'",
    ],
    [
      { messages: [user({ type: "document", source: { type: "file", file_id: "file_1" } })] },
      "messages.0.content.0.source.file_id: no files are stored here; send the file as base64, or its URL.",
    ],
    [{ temperature: 2 }, "temperature: Input should be less than or equal to 1"],
    [{ tools: [{ name: "f" }] }, "tools.0.input_schema: Field required"],
    [{ tool_choice: "auto" }, "tool_choice: Input should be an object"],
    [{ thinking: { type: "enabled" } }, "thinking.budget_tokens: Field required"],
    [
      { output_config: { effort: "extreme" } },
      "output_config.effort: Input should be 'low', 'medium', 'high', 'xhigh' or 'max'",
    ],
    [
      { thread: { type: "create" } },
      "thread: conversations are not held here; send all messages, without `thread`.",
    ],
    [
      { tools: [tool], messages: [user(look), call] },
      "messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: t. " +
        "Each `tool_use` block must have a corresponding `tool_result` block in the next message.",
    ],
    [
      { tools: [tool], messages: [user(look), call, result("u")] },
      "messages.2.content.0: unexpected `tool_use_id` found in `tool_result` blocks: u. " +
        "Each `tool_result` block must have a corresponding `tool_use` block in the previous message.",
    ],
    [
      {
        messages: [
          user({ type: "image", source: { type: "base64", media_type: "image/png", data: "no base64!" } }),
        ],
      },
      expect.stringContaining("messages.0.content.0.source.data"),
    ],
  ])("%j", async (body, message) => {
    expect(await refused(body)).toEqual({ status: 400, message });
  });

  it("also where it is no JSON object, or not JSON at all", async () => {
    for (const body of ["[]", "{", "null"]) {
      const response = await house.handler(
        new Request("http://localhost/v1/messages", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body,
        }),
      );
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        type: "error",
        error: { type: "invalid_request_error" },
      });
    }
  });

  it("and what is too large is said to be", async () => {
    const small = house.withOptions({ maxBodyBytes: 100 });
    const response = await small(messageRequest({ model: NOVA, system: "x".repeat(200) }));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { type: "request_too_large" } });
  });
});
