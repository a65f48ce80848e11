import { describe, expect, it } from "vitest";
import { chatRequest, type ChatRequest } from "../../../../src/openai/chat-request.ts";
import { decode } from "../../../../src/wires/chat/decode.ts";

const user = { role: "user", content: "Hi" };
const decoded = (body: object): ReturnType<typeof decode> =>
  decode(chatRequest.parse({ model: "m", messages: [user], ...body }) as ChatRequest);

const weather = { type: "function", function: { name: "f", parameters: { type: "object", properties: {} } } };

describe("messages", () => {
  it("keep instructions where they stand; those at the beginning are the system prompt", () => {
    const { conversation } = decoded({
      messages: [
        { role: "system", content: "one" },
        user,
        {
          role: "developer",
          content: [
            { type: "text", text: "two" },
            { type: "text", text: "three" },
          ],
        },
      ],
    });
    expect(conversation.system).toEqual([{ text: "one" }]);
    expect(conversation.messages).toEqual([
      { role: "user", content: [{ text: "Hi" }] },
      { role: "system", content: [{ text: "two" }, { text: "three" }] },
    ]);
  });

  it("replayed from a client verbatim are taken, whatever else is in them", () => {
    const message = {
      role: "assistant",
      content: null,
      refusal: null,
      annotations: [],
      audio: null,
      function_call: null,
      reasoning_content: "hm",
      parsed: {},
      tool_calls: [
        { id: "a", type: "function", function: { name: "f", arguments: '{"x":1}' }, extra_content: {} },
      ],
    };
    const { conversation } = decoded({
      messages: [user, message, { role: "tool", tool_call_id: "a", content: "ok" }],
    });
    expect(conversation.messages.slice(1)).toEqual([
      {
        role: "assistant",
        content: [
          { reasoningContent: { reasoningText: { text: "hm" } } },
          { toolUse: { toolUseId: "a", name: "f", input: { x: 1 } } },
        ],
      },
      { role: "user", content: [{ toolResult: { toolUseId: "a", content: [{ text: "ok" }] } }] },
    ]);
  });

  it.each([
    ["", {}],
    ["  ", {}],
    ["null", { _raw: "null" }],
    ["[1]", { _raw: "[1]" }],
    ["{oops", { _raw: "{oops" }],
    ['{"a":1}{"a":2}', { _raw: '{"a":1}{"a":2}' }],
    ['{"":1,"a":[{"":2,"b":""}]}', { a: [{ b: "" }] }],
    [`{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}`, { _raw: expect.stringContaining("[[[") }],
  ])("with the arguments %s never make the history unusable", (text, input) => {
    const calls = [{ id: "a", type: "function", function: { name: "f", arguments: text } }];
    const { conversation } = decoded({
      messages: [
        user,
        { role: "assistant", tool_calls: calls },
        { role: "tool", tool_call_id: "a", content: "x" },
      ],
    });
    expect(conversation.messages[1]!.content[0]!.toolUse!.input).toEqual(input);
  });

  it("carry a refusal and a custom tool's call as what they mean", () => {
    const custom = { id: "a", type: "custom", custom: { name: "sql", input: "select 1" } };
    const { conversation } = decoded({
      messages: [
        user,
        { role: "assistant", content: null, refusal: "No." },
        user,
        { role: "assistant", content: [{ type: "refusal", refusal: "Never." }], tool_calls: [custom] },
        { role: "tool", tool_call_id: "a", content: [{ type: "text", text: "1" }] },
      ],
    });
    expect(conversation.messages[1]!.content).toEqual([{ text: "No." }]);
    expect(conversation.messages[3]!.content).toEqual([
      { text: "Never." },
      { toolUse: { toolUseId: "a", name: "sql", input: { input: "select 1" } } },
    ]);
  });
});

describe("images", () => {
  const image = (url: string) => ({
    messages: [{ role: "user", content: [{ type: "image_url", image_url: { url } }] }],
  });
  const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB";

  it("keep their base64 as it is", () => {
    const { conversation, adjustments } = decoded(image(`data:image/png;base64,${PNG}`));
    expect(conversation.messages[0]!.content).toEqual([{ image: { format: "png", source: { bytes: PNG } } }]);
    expect(adjustments).toEqual([]);
  });

  it("are what their bytes say, not what their label says", () => {
    const { conversation, adjustments } = decoded(image(`data:image/jpeg;charset=utf-8;base64,${PNG}`));
    expect(conversation.messages[0]!.content[0]!.image!.format).toBe("png");
    expect(adjustments[0]).toMatchObject({
      param: "messages[0].content[0].image_url.url",
      action: "emulated",
    });
  });

  it("may have broken lines, and the url may be a plain string", () => {
    const part = {
      type: "image_url",
      image_url: `data:image/png;base64,${PNG.slice(0, 9)}\n${PNG.slice(9)}\n`,
    };
    const { conversation } = decoded({ messages: [{ role: "user", content: [part] }] });
    expect(conversation.messages[0]!.content[0]!.image!.source.bytes).toBe(PNG);
  });

  it.each([
    "data:image/png,plain",
    "data:image/png;base64,",
    "https://example.com/a.png",
    `data:${"x".repeat(300)},`,
  ])("%s is refused", (url) => expect(() => decoded(image(url))).toThrow(/image/i));
});

describe("parameters", () => {
  it("go where Converse has them", () => {
    const { conversation, adjustments } = decoded({
      max_tokens: 5,
      max_completion_tokens: 7,
      temperature: 0,
      top_p: 0,
      stop: ["a", " ", ""],
      guardrailConfig: { guardrailIdentifier: "g", guardrailVersion: "1" },
      requestMetadata: {},
      additionalModelRequestFields: { top_k: 3 },
    });
    expect(conversation).toEqual({
      messages: [{ role: "user", content: [{ text: "Hi" }] }],
      inferenceConfig: { maxTokens: 7, temperature: 0, topP: 0, stopSequences: ["a"] },
      guardrailConfig: { guardrailIdentifier: "g", guardrailVersion: "1" },
      additionalModelRequestFields: { top_k: 3 },
    });
    expect(adjustments).toEqual([
      { param: "stop", action: "dropped", reason: "Blank stop sequences are refused by the models." },
    ]);
  });

  it("without a place are named, unless they are their own default", () => {
    const { adjustments } = decoded({
      seed: 1,
      logit_bias: { 5: 1 },
      brandNew: true,
      logprobs: false,
      frequency_penalty: 0,
      presence_penalty: null,
    });
    expect(adjustments.map(({ param, action }) => [param, action])).toEqual([["logit_bias", "dropped"]]);
  });

  it("that nobody knows go to the model unread, but never secrets and what is a client's own affair", () => {
    const { conversation, adjustments } = decoded({
      brandNew: true,
      min_p: 0.1,
      aws_secret_access_key: "secret",
      api_key: "secret",
      drop_params: true,
      additionalModelRequestFields: { min_p: 0.2 },
    });
    expect(conversation.additionalModelRequestFields).toEqual({ brandNew: true, min_p: 0.2 });
    expect(adjustments.map(({ param }) => param)).toEqual([
      "aws_secret_access_key",
      "api_key",
      "drop_params",
    ]);
  });

  it.each([{ modalities: ["text", "audio"] }, { top_logprobs: 3 }])(
    "that change the answer's shape are refused: %j",
    (body) => expect(() => decoded(body)).toThrow(/Unsupported|Invalid/),
  );
});

describe("metadata", () => {
  it("goes into Bedrock's, whose own wins", () => {
    const { conversation, adjustments } = decoded({
      metadata: { a: "1", b: "2" },
      requestMetadata: { b: "3" },
    });
    expect(conversation.requestMetadata).toEqual({ a: "1", b: "3" });
    expect(adjustments).toEqual([]);
  });

  it("is cut to what AWS takes, and says so", () => {
    const { conversation, adjustments } = decoded({ metadata: { "k!": `é${"x".repeat(500)}`, "": "none" } });
    expect(conversation.requestMetadata).toEqual({ k_: `_${"x".repeat(255)}` });
    expect(adjustments).toMatchObject([{ param: "metadata", action: "clamped" }]);
  });

  it("of more than 16 pairs is refused", () => {
    const metadata = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, "v"]));
    expect(() => decoded({ metadata })).toThrow("Invalid 'metadata'");
  });
});

describe("tools", () => {
  it("get a schema that Bedrock takes and no blank description", () => {
    const tools = [
      { type: "function", function: { name: "none", description: " " } },
      {
        type: "function",
        function: { name: "odd", description: "Odd", parameters: { properties: { a: {} } } },
      },
    ];
    expect(decoded({ tools }).conversation.toolConfig!.tools).toEqual([
      { toolSpec: { name: "none", inputSchema: { json: { properties: {}, type: "object" } } } },
      {
        toolSpec: {
          name: "odd",
          description: "Odd",
          inputSchema: { json: { properties: { a: {} }, type: "object" } },
        },
      },
    ]);
  });

  it.each([
    ["auto", { auto: {} }],
    ["required", { any: {} }],
    [{ type: "function", function: { name: "f" } }, { tool: { name: "f" } }],
    [
      {
        type: "allowed_tools",
        allowed_tools: { mode: "required", tools: [{ type: "function", function: { name: "f" } }] },
      },
      { any: {} },
    ],
    [{ type: "computer_use" }, undefined],
    [null, undefined],
  ])("choice %j", (tool_choice, expected) => {
    expect(decoded({ tools: [weather], tool_choice }).conversation.toolConfig!.toolChoice).toEqual(expected);
  });

  it.each([{ tools: [weather], tool_choice: "none" }, { tools: [] }, { tools: null }, {}])(
    "that may not be called are not sent: %j",
    (body) => expect(decoded(body).conversation).not.toHaveProperty("toolConfig"),
  );

  it("of kinds that Bedrock has not are left out and named", () => {
    const { conversation, adjustments } = decoded({ tools: [{ type: "web_search" }, weather] });
    expect(conversation.toolConfig!.tools).toHaveLength(1);
    expect(adjustments).toEqual([
      { param: "tools[0]", action: "dropped", reason: "Tools of type 'web_search' do not exist on Bedrock." },
    ]);
  });
});
