import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anthropicMessages } from "../../../src/dialects/anthropic-messages.ts";
import type { ContentBlock, JsonObject } from "../../../src/conversation/types.ts";
import {
  asks,
  assistant,
  document,
  effort,
  fields,
  image,
  instructs,
  offers,
  point,
  redacted,
  result,
  S3,
  says,
  system,
  textFormat,
  thought,
  tool,
  use,
  user,
} from "../../support/conversations.ts";
import { bodyFor, messagesFor } from "./body-of.ts";
import { foldChunks, readAll } from "./fold-events.ts";

const SONNET_4_5 = "anthropic.claude-sonnet-4-5-20250929-v1:0";
const OPUS_5 = "anthropic.claude-opus-5";

const body = bodyFor(anthropicMessages, SONNET_4_5);
const messages = messagesFor(anthropicMessages, SONNET_4_5);

const QUESTION = { role: "user", content: [{ type: "text", text: "q" }] };
/** All that the model writes: a body must name a limit, and nobody has named a smaller one. */
const HEAD = { anthropic_version: "bedrock-2023-05-31", max_tokens: 64_000, messages: [QUESTION] };
const CACHED = { cache_control: { type: "ephemeral" } };

describe("a conversation in Anthropic's words", () => {
  it("names its version and a limit, which the body must have, and never the model or the stream", () => {
    expect(body(asks())).toEqual(HEAD);
    expect(body(asks(), true)).toEqual(HEAD);
  });

  it("keeps zeros: they are not nothing", () => {
    const inferenceConfig = { maxTokens: 1, temperature: 0, stopSequences: ["END"] };
    expect(body(asks({ inferenceConfig, ...fields({ top_k: 0 }) }))).toEqual({
      ...HEAD,
      max_tokens: 1,
      temperature: 0,
      stop_sequences: ["END"],
      top_k: 0,
    });
    expect(body(asks({ inferenceConfig: { topP: 0 } }))).toEqual({ ...HEAD, top_p: 0 });
  });

  it("marks what is cached: the block before each cache point, with its life", () => {
    const told = {
      ...says(user("q", image(), point()), assistant("a"), user("r")),
      ...system("s", "t", point("1h")),
      toolConfig: { tools: [tool("f"), point("1h"), tool("g")] },
    };
    const hour = { cache_control: { type: "ephemeral", ttl: "1h" } };
    expect(body(told)).toMatchObject({
      tools: [{ name: "f", ...hour }, { name: "g" }],
      system: [
        { type: "text", text: "s" },
        { type: "text", text: "t", ...hour },
      ],
      messages: [{ content: [{ type: "text" }, { type: "image", ...CACHED }] }, {}, {}],
    });
  });

  it("shows images and PDFs as base64, their bytes untouched, and texts as texts", () => {
    const text = { document: { name: "notes", format: "md" as const, source: { text: "# hi" } } };
    const cited = document("report", "pdf", { bytes: "JVBERi\u0000lifted:1" });
    const pdf = { document: { ...cited.document, context: "c", citations: { enabled: true } } };
    expect(messages(says(user(image("webp", { bytes: "AA==" }), pdf, text, "q")))).toEqual([
      {
        role: "user",
        content: [
          { type: "image", source: { type: "base64", media_type: "image/webp", data: "AA==" } },
          {
            type: "document",
            source: { type: "base64", media_type: "application/pdf", data: "JVBERi\u0000lifted:1" },
            title: "report",
            context: "c",
            citations: { enabled: true },
          },
          {
            type: "document",
            source: { type: "text", media_type: "text/plain", data: "# hi" },
            title: "notes",
          },
          { type: "text", text: "q" },
        ],
      },
    ]);
  });

  it.each(["docx", "xlsx", "csv"] as const)("refuses a file that the body cannot hold: %s", (format) => {
    expect(() => body(says(user(document("d", format), "q")))).toThrow(
      expect.objectContaining({ status: 400, code: "unsupported_file", param: "messages" }),
    );
  });

  it("refuses an s3:// address, which only Converse reads", () => {
    expect(() => body(says(user(image("png", S3))))).toThrow(/s3:/);
  });

  it("says guarded text plainly, and hands over search results", () => {
    const guarded: ContentBlock = { guardContent: { text: { text: "g", qualifiers: ["query"] } } };
    const found: ContentBlock = {
      searchResult: {
        source: "https://a",
        title: "t",
        content: [{ text: "x" }],
        citations: { enabled: true },
      },
    };
    expect(messages(says(user("q", guarded, found)))).toMatchObject([
      {
        content: [
          { type: "text", text: "q" },
          { type: "text", text: "g" },
          {
            type: "search_result",
            source: "https://a",
            title: "t",
            content: [{ type: "text", text: "x" }],
            citations: { enabled: true },
          },
        ],
      },
    ]);
  });

  it("keeps instructions where they stand, on the models that take them there", () => {
    const told = says(user("q"), instructs("be brief"));
    expect(messagesFor(anthropicMessages, OPUS_5)(told)).toEqual([
      QUESTION,
      { role: "system", content: [{ type: "text", text: "be brief" }] },
    ]);
  });
});

describe("tools in Anthropic's words", () => {
  const schema = { type: "object", properties: { a: { type: "string" } } };
  const { toolConfig } = offers("f", "g");

  it("have an input schema, and are strict where they were", () => {
    const tools = [tool("f", schema, { description: "d", strict: true }), tool("g")];
    expect(body(asks({ toolConfig: { tools } }))["tools"]).toEqual([
      {
        name: "f",
        description: "d",
        input_schema: { ...schema, additionalProperties: false },
        strict: true,
      },
      { name: "g", input_schema: { type: "object" } },
    ]);
  });

  it.each([
    [{ auto: {} }, { type: "auto" }],
    [{ any: {} }, { type: "any" }],
    [{ tool: { name: "f" } }, { type: "tool", name: "f" }],
  ])("are chosen: %j", (toolChoice, expected) => {
    const chosen = asks({ toolConfig: { ...toolConfig!, toolChoice } });
    expect(body(chosen)["tool_choice"]).toEqual(expected);
    const one = { ...chosen, ...fields({ tool_choice: { type: "auto", disable_parallel_tool_use: true } }) };
    expect(body(one)["tool_choice"]).toEqual({ ...expected, disable_parallel_tool_use: true });
  });

  it("stand beside tools of Anthropic's own", () => {
    const own = { type: "bash_20250124", name: "bash" };
    expect(body({ ...asks(), ...offers("f"), ...fields({ tools: [own] }) })["tools"]).toEqual([
      { name: "f", input_schema: { type: "object" } },
      own,
    ]);
  });

  it("were called together and answered together, also in vain, in one turn", () => {
    const failed: ContentBlock = {
      toolResult: { toolUseId: "b", content: [{ text: "no" }], status: "error" },
    };
    const told = says(
      user("q"),
      assistant("hm", use("a", "f", { x: 1 }), use("b", "g")),
      user(result("a", { json: { n: 0 } }, image("png", { bytes: "AA==" })), failed, point(), "and?"),
    );
    expect(messages({ ...told, toolConfig: toolConfig! })).toEqual([
      QUESTION,
      {
        role: "assistant",
        content: [
          { type: "text", text: "hm" },
          { type: "tool_use", id: "a", name: "f", input: { x: 1 } },
          { type: "tool_use", id: "b", name: "g", input: {} },
        ],
      },
      {
        role: "user",
        content: [
          {
            type: "tool_result",
            tool_use_id: "a",
            content: [
              { type: "text", text: '{"n":0}' },
              { type: "image", source: { type: "base64", media_type: "image/png", data: "AA==" } },
            ],
          },
          {
            type: "tool_result",
            tool_use_id: "b",
            content: [{ type: "text", text: "no" }],
            is_error: true,
            ...CACHED,
          },
          { type: "text", text: "and?" },
        ],
      },
    ]);
  });
});

describe("thinking in Anthropic's words", () => {
  it("goes back as it was signed or encrypted", () => {
    const told = says(user("q"), assistant(thought("hm", "sig"), redacted("QUI="), "a"), user("r"));
    expect(messages(told)).toMatchObject([
      {},
      {
        content: [
          { type: "thinking", thinking: "hm", signature: "sig" },
          { type: "redacted_thinking", data: "QUI=" },
          { type: "text", text: "a" },
        ],
      },
      {},
    ]);
  });

  it("has a budget, and a limit that leaves room for an answer beside it, also where nobody knows the model's", () => {
    const asked = asks(fields({ thinking: { type: "enabled", budget_tokens: 2000 } }));
    expect(body(asked)).toEqual({ ...HEAD, thinking: { type: "enabled", budget_tokens: 2000 } });
    expect(anthropicMessages.toBody(asked, false)).toMatchObject({ max_tokens: 6096 });
  });

  it("has an effort that stands beside the format of the answer", () => {
    const schema = { type: "object", properties: {}, additionalProperties: false };
    const outputConfig = { ...effort("low").outputConfig, textFormat: textFormat(schema, "x") };
    const sent = bodyFor(anthropicMessages, "anthropic.claude-sonnet-4-6")(asks({ outputConfig }));
    expect(sent).toMatchObject({
      thinking: { type: "adaptive" },
      output_config: { effort: "low", format: { type: "json_schema", schema } },
    });
  });

  it("and what else the caller says in Anthropic's words stands at the top", () => {
    const native = { anthropic_beta: ["b"], context_management: { edits: [] } };
    expect(body({ ...asks(), ...fields(native) })).toEqual({ ...HEAD, ...native });
  });
});

const USAGE = {
  input_tokens: 10,
  output_tokens: 5,
  cache_creation_input_tokens: 30,
  cache_read_input_tokens: 60,
};
const COUNTED = {
  inputTokens: 10,
  outputTokens: 5,
  totalTokens: 105,
  cacheReadInputTokens: 60,
  cacheWriteInputTokens: 30,
};

const message = (content: JsonObject[], stop_reason: string | null = "end_turn"): JsonObject => ({
  type: "message",
  role: "assistant",
  content,
  stop_reason,
  stop_sequence: null,
  usage: USAGE,
});

const CITATIONS: readonly (readonly [JsonObject, JsonObject])[] = [
  [
    { type: "char_location", document_index: 0, start_char_index: 0, end_char_index: 4 },
    { documentChar: { documentIndex: 0, start: 0, end: 4 } },
  ],
  [
    { type: "page_location", document_index: 1, start_page_number: 1, end_page_number: 2 },
    { documentPage: { documentIndex: 1, start: 1, end: 2 } },
  ],
  [
    { type: "content_block_location", document_index: 1, start_block_index: 0, end_block_index: 1 },
    { documentChunk: { documentIndex: 1, start: 0, end: 1 } },
  ],
  [
    { type: "search_result_location", search_result_index: 0, start_block_index: 0, end_block_index: 1 },
    { searchResultLocation: { searchResultIndex: 0, start: 0, end: 1 } },
  ],
  [{ type: "web_search_result_location", url: "https://a" }, { web: { url: "https://a" } }],
];

describe("Anthropic's answer", () => {
  it("thinks, says and calls, and counts the cache beside the prompt", () => {
    const answer = anthropicMessages.toAnswer(
      message(
        [
          { type: "thinking", thinking: "hm", signature: "sig" },
          { type: "thinking", thinking: "", signature: "hidden" },
          { type: "redacted_thinking", data: "QUI=" },
          { type: "text", text: "hi" },
          { type: "server_tool_use", id: "s", name: "web_search", input: {} },
          { type: "constructor" },
          { type: "tool_use", id: "a", name: "f", input: { x: 1 } },
        ],
        "tool_use",
      ),
    );
    expect(answer).toEqual({
      content: [
        thought("hm", "sig"),
        thought("", "hidden"),
        redacted("QUI="),
        { text: "hi" },
        use("a", "f", { x: 1 }),
      ],
      stopReason: "tool_use",
      usage: COUNTED,
    });
  });

  it.each([
    ["end_turn", "end_turn"],
    ["max_tokens", "max_tokens"],
    ["stop_sequence", "stop_sequence"],
    ["tool_use", "tool_use"],
    ["refusal", "content_filtered"],
    ["pause_turn", "pause_turn"],
    ["model_context_window_exceeded", "model_context_window_exceeded"],
  ])("that ends with %s ends with %s, whole and streamed", (reason, stopReason) => {
    expect(anthropicMessages.toAnswer(message([], reason))).toMatchObject({ stopReason });
    const chunks = [{ type: "message_delta", delta: { stop_reason: reason } }, { type: "message_stop" }];
    expect(foldChunks(anthropicMessages, [START, ...chunks]).stopReason).toBe(stopReason);
  });

  it.each(CITATIONS)("tells where a text comes from: %j", (place, location) => {
    const source = { document_title: "d", cited_text: "c" };
    const answer = anthropicMessages.toAnswer(
      message([{ type: "text", text: "hi", citations: [{ ...place, ...source }] }]),
    );
    const citation = { title: "d", sourceContent: [{ text: "c" }], location };
    expect(answer?.content).toEqual([
      { citationsContent: { content: [{ text: "hi" }], citations: [citation] } },
    ]);
  });

  it.each([{}, { type: "error", error: {} }, { content: "hi" }])("is not %j", (other) => {
    expect(anthropicMessages.toAnswer(other)).toBeUndefined();
  });
});

const START: JsonObject = {
  type: "message_start",
  message: { role: "assistant", content: [], usage: { ...USAGE, output_tokens: 1 } },
};
const END: JsonObject[] = [
  {
    type: "message_delta",
    delta: { stop_reason: "end_turn" },
    usage: { output_tokens: 5, input_tokens: null },
  },
  { type: "message_stop" },
];

/** A block as it streams, its text cut as told. */
function streamed(block: JsonObject, pieces: readonly string[], index: number): JsonObject[] {
  const delta = (part: JsonObject): JsonObject => ({ type: "content_block_delta", index, delta: part });
  const inner: Record<string, () => JsonObject[]> = {
    text: () => [
      ...pieces.map((text) => delta({ type: "text_delta", text })),
      ...((block["citations"] as JsonObject[] | undefined) ?? []).map((citation) =>
        delta({ type: "citations_delta", citation }),
      ),
    ],
    thinking: () => [
      ...pieces.map((thinking) => delta({ type: "thinking_delta", thinking })),
      delta({ type: "signature_delta", signature: block["signature"] }),
    ],
    tool_use: () => pieces.map((partial_json) => delta({ type: "input_json_delta", partial_json })),
    server_tool_use: () => pieces.map((partial_json) => delta({ type: "input_json_delta", partial_json })),
    redacted_thinking: () => [],
  };
  const empty: JsonObject = {
    text: { type: "text", text: "" },
    thinking: { type: "thinking", thinking: "", signature: "" },
    tool_use: { ...block, input: {} },
    server_tool_use: { ...block, input: {} },
    redacted_thinking: block,
  };
  const type = String(block["type"]);
  return [
    { type: "content_block_start", index, content_block: empty[type] },
    { type: "ping" },
    ...inner[type]!(),
    { type: "content_block_stop", index },
  ];
}

const textOfBlock = ({ text, thinking, input }: JsonObject): string =>
  typeof text === "string" ? text : typeof thinking === "string" ? thinking : JSON.stringify(input ?? {});

const cut = (text: string): fc.Arbitrary<string[]> =>
  fc.array(fc.nat(text.length), { maxLength: 5 }).map((at) => {
    const places = [0, ...at.toSorted((a, b) => a - b), text.length];
    return places.slice(1).map((end, index) => text.slice(places[index], end));
  });

describe("Anthropic's stream", () => {
  it("is events as ConverseStream sends them", () => {
    const chunks = [START, ...streamed({ type: "tool_use", id: "a", name: "f" }, ["", '{"x":1}'], 0), ...END];
    expect(readAll(anthropicMessages, chunks)).toEqual([
      { messageStart: { role: "assistant" } },
      { contentBlockStart: { contentBlockIndex: 0, start: { toolUse: { toolUseId: "a", name: "f" } } } },
      { contentBlockDelta: { contentBlockIndex: 0, delta: { toolUse: { input: '{"x":1}' } } } },
      { contentBlockStop: { contentBlockIndex: 0 } },
      { messageStop: { stopReason: "end_turn" } },
      { metadata: { usage: COUNTED } },
    ]);
  });

  it("folds to the whole answer, for blocks in any order, wherever they are cut", () => {
    const block = fc.constantFrom<JsonObject>(
      { type: "text", text: "hi there" },
      { type: "text", text: "" },
      { type: "text", text: "cited", citations: [{ ...CITATIONS[0]![0], cited_text: "c" }] },
      { type: "thinking", thinking: "hm", signature: "sig" },
      { type: "thinking", thinking: "", signature: "hidden" },
      { type: "redacted_thinking", data: "QUI=" },
      { type: "tool_use", id: "a", name: "f", input: { x: [1, "}"] } },
      { type: "tool_use", id: "b", name: "g", input: {} },
      { type: "server_tool_use", id: "s", name: "web_search", input: { q: 1 } },
    );
    const streams = fc
      .array(block, { maxLength: 5 })
      .chain((content) =>
        fc.tuple(fc.constant(content), fc.tuple(...content.map((each) => cut(textOfBlock(each))))),
      );
    fc.assert(
      fc.property(streams, ([content, pieces]) => {
        const chunks = content.flatMap((each, index) => streamed(each, pieces[index]!, index));
        expect(foldChunks(anthropicMessages, [START, ...chunks, ...END])).toEqual(
          anthropicMessages.toAnswer(message(content)),
        );
      }),
    );
  });

  it("never says the end when it did not come", () => {
    const events = readAll(anthropicMessages, [START, END[0]!]);
    expect(events.some((event) => event.messageStop)).toBe(false);
  });

  it.each([
    ["overloaded_error", "ServiceUnavailableException"],
    ["rate_limit_error", "ThrottlingException"],
    ["invalid_request_error", "ValidationException"],
    ["api_error", "InternalServerException"],
  ])("that reports %s throws %s", (type, name) => {
    const failing = () =>
      readAll(anthropicMessages, [START, { type: "error", error: { type, message: "oh" } }]);
    expect(failing).toThrow(expect.objectContaining({ name, message: "oh" }));
  });
});
