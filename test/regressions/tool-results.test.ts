import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/conversation/types.ts";
import { CLAUDE, GPT, LLAMA, NOVA, PIXTRAL } from "../support/bedrock.ts";
import { PDF, PNG } from "../support/clients.ts";
import { assistant, calls, callsTool, result, toolCall, user, visit, WEATHER } from "./visit.ts";

const at = visit();
const FAMILIES = [CLAUDE, NOVA, LLAMA, GPT];
const tools = [WEATHER];
const textResult = (toolUseId: string, text: string) => ({ toolResult: { toolUseId, content: [{ text }] } });
const ids = () =>
  at.sent.messages.flatMap(({ content }) =>
    content.flatMap((block) => block.toolUse?.toolUseId ?? block.toolResult?.toolUseId ?? []),
  );

describe("results of calls made together", () => {
  it.each(FAMILIES)(
    "stand in one user turn, each its own, before what the user says (litellm#5277, litellm#7099, mlflow#24296, genkit#664, bedrock-access-gateway#84, bedrock-access-gateway#110, ai-gateway#2237) on %s",
    async (model) => {
      const messages = [user("Hi"), calls("a1", "b2"), result("a1", "one"), result("b2", "two"), user("So?")];
      const { content } = await at.ask({ model, messages, tools });
      expect(at.sent.messages).toHaveLength(3);
      expect(at.sent.messages[2]!.content).toEqual([
        textResult("a1", "one"),
        textResult("b2", "two"),
        { text: "So?" },
      ]);
      expect(content).toMatch(/returned: one\n.*returned: two/);
    },
  );

  it("in another order than the calls are still answered (ai-gateway#2237)", async () => {
    const messages = [user("Hi"), calls("a1", "b2"), result("b2", "two"), result("a1", "one")];
    await at.ask({ model: CLAUDE, messages, tools });
    expect(at.sent.messages[2]!.content).toEqual([textResult("b2", "two"), textResult("a1", "one")]);
  });

  it("sent twice for one call do not outnumber the calls (bedrock-access-gateway#84)", async () => {
    const messages = [user("Hi"), calls("a1"), result("a1", "one"), result("a1", "again")];
    const { adjustments } = await at.ask({ model: CLAUDE, messages, tools });
    expect(at.sent.messages[2]!.content).toEqual([textResult("a1", "one")]);
    expect(adjustments).toContainEqual(expect.objectContaining({ param: "messages", action: "dropped" }));
  });

  it.each([
    ["without its call", [user("Hi"), result("a1")], "messages.[1].role"],
    ["after a turn that called something else", [user("Hi"), calls("a1"), result("b2")], "messages.[2].role"],
    ["that never came", [user("Hi"), calls("a1"), user("Well?")], "messages.[2].role"],
  ])(
    "a result %s is told in OpenAI's words, and by its place (bedrock-access-gateway#110)",
    async (_, messages, param) => {
      const { status, error } = await at.refused({ model: CLAUDE, messages, tools });
      expect([status, error.type, error.param]).toEqual([400, "invalid_request_error", param]);
      expect(at.received).toHaveLength(0);
    },
  );

  it("of several rounds each go to their round", async () => {
    const messages = [user("Hi"), calls("a1"), result("a1", "one"), calls("b2"), result("b2", "two")];
    await at.ask({ model: NOVA, messages, tools });
    expect(at.sent.messages.map(({ role }) => role)).toEqual([
      "user",
      "assistant",
      "user",
      "assistant",
      "user",
    ]);
    expect(ids()).toEqual(["a1", "a1", "b2", "b2"]);
  });
});

describe("tool call ids", () => {
  it.each(["call_abc|fc_123", "functions.get_weather:0", "x".repeat(100), "toolu_01 A"])(
    "%s of another maker are the same in call and result",
    async (id) => {
      for (const model of [CLAUDE, PIXTRAL]) {
        await at.ask({ model, messages: [user("Hi"), calls(id), result(id)], tools });
        const [call, answer] = ids();
        expect(call).toBe(answer);
        expect(call).toMatch(model === PIXTRAL ? /^[a-zA-Z0-9]{9}$/ : /^[a-zA-Z0-9_-]{1,64}$/);
      }
    },
  );

  it("of Mistral's nine characters come back from it and go back to it unchanged (vercel/ai@d5466df)", async () => {
    const body = { model: PIXTRAL, messages: [user('Get weather for "Oslo"')], tools };
    const { calls: made } = await at.ask(body);
    const { id } = made[0]!;
    expect(id).toMatch(/^[a-zA-Z0-9]{9}$/);
    await at.ask({ ...body, messages: [...body.messages, calls(id), result(id)] });
    expect(ids()).toEqual([id, id]);
  });

  it.each([undefined, null, ""])(
    "that are %j are refused by their place, not by a crash (ai-gateway#2242, vercel/ai@e6087c9)",
    async (id) => {
      const turn = assistant(null, { tool_calls: [{ ...toolCall("a1"), id }] });
      const call = await at.refused({ model: CLAUDE, messages: [user("Hi"), turn, result("a1")], tools });
      expect(call.status).toBe(400);
      expect(call.error.param).toMatch(/^messages\[1\]\.tool_calls/);
      const answer = { ...result("a1"), tool_call_id: id };
      const refused = await at.refused({ model: CLAUDE, messages: [user("Hi"), calls("a1"), answer], tools });
      expect([refused.status, refused.error.param]).toEqual([400, "messages[2].tool_call_id"]);
      expect(at.received).toHaveLength(0);
    },
  );

  it("that a model left empty are given one each, so that results can name them (vercel/ai@e6087c9)", async () => {
    const content = [callsTool("get_weather", {}, ""), callsTool("get_weather", {}, "")];
    for (const answer of await at.askBoth({ model: NOVA, tools }, { content })) {
      const made = answer.calls.map(({ id }) => id);
      expect(new Set(made).size).toBe(2);
      expect(made).not.toContain("");
      const results = made.map((id) => result(id));
      await at.ask({ model: NOVA, messages: [user("Hi"), calls(...made), ...results], tools });
    }
  });
});

describe("arguments that a model wrote", () => {
  it.each<[string, string, JsonObject]>([
    ["that are empty", "", {}],
    ["that are blank", " ", {}],
    ["that are cut", '{"city": "Os', { _raw: '{"city": "Os' }],
    ["of two objects in a row (litellm#20543)", '{"a":1}{"b":2}', { _raw: '{"a":1}{"b":2}' }],
    ["that are a list", "[1]", { _raw: "[1]" }],
    ["that are encoded twice", '"{\\"a\\":1}"', { _raw: '"{\\"a\\":1}"' }],
    ["with a key of no characters", '{"":1,"a":{"":2}}', { a: {} }],
  ])("%s do not kill the replay (vercel/ai@cf06314, agentgateway#2771)", async (_, text, input) => {
    for (const model of [CLAUDE, NOVA]) {
      const turn = assistant(null, { tool_calls: [toolCall("a1", "get_weather", text)] });
      await at.ask({ model, messages: [user("Hi"), turn, result("a1")], tools });
      expect(at.sent.messages[1]!.content[0]!.toolUse!.input).toEqual(input);
    }
  });

  it("two calls in one answer have two arguments, never one run together (litellm#20543)", async () => {
    const content = [
      callsTool("get_weather", { city: "Oslo" }, "a1"),
      callsTool("get_weather", { city: "Rome" }, "b2"),
    ];
    for (const { calls: made } of await at.askBoth({ model: CLAUDE, tools }, { content }))
      expect(made.map((call) => JSON.parse(call.arguments) as unknown)).toEqual([
        { city: "Oslo" },
        { city: "Rome" },
      ]);
  });
});

describe("what a tool returned", () => {
  it.each<[string, unknown]>([
    ["an empty string", ""],
    ["blanks", "\n"],
    ["null", null],
    ["no parts", []],
    ["an empty part", [{ type: "text", text: "" }]],
  ])("that is %s is still a result (portkey, bifrost)", async (_, content) => {
    for (const model of FAMILIES) {
      await at.ask({ model, messages: [user("Hi"), calls("a1"), result("a1", content)], tools });
      expect(at.sent.messages[2]!.content).toEqual([textResult("a1", "(no output)")]);
    }
  });

  it.each(['{"__type":"Foo","a":{"__type":"Bar"}}', "[1,2]", "null", '"text"', '{"error":"no such city"}'])(
    "stays the text it was, whatever JSON it looks like (bifrost#5762): %s",
    async (text) => {
      await at.ask({ model: CLAUDE, messages: [user("Hi"), calls("a1"), result("a1", text)], tools });
      expect(at.sent.messages[2]!.content).toEqual([textResult("a1", text)]);
    },
  );

  it("in parts keeps them in order", async () => {
    const parts = ["one", "two"].map((text) => ({ type: "text", text }));
    await at.ask({ model: NOVA, messages: [user("Hi"), calls("a1"), result("a1", parts)], tools });
    expect(at.sent.messages[2]!.content[0]!.toolResult!.content).toEqual([{ text: "one" }, { text: "two" }]);
  });

  it.each([
    ["inside it, where the model looks there", CLAUDE, 1],
    ["after it, where the model does not", "mistral.mistral-large-3-675b-instruct", 2],
  ])("an image is %s", async (_, model, blocks) => {
    const image = { type: "image_url", image_url: { url: `data:image/png;base64,${PNG}` } };
    const { content } = await at.ask({
      model,
      messages: [user("Hi"), calls("a1"), result("a1", [image])],
      tools,
    });
    expect(at.sent.messages[2]!.content).toHaveLength(blocks);
    expect(content).toContain("I see a PNG image");
  });

  it.each([CLAUDE, NOVA, LLAMA])(
    "a document has a name and a text beside it (vercel/ai@9d5a299) on %s",
    async (model) => {
      const file = {
        type: "file",
        file: { filename: "a.b.pdf", file_data: `data:application/pdf;base64,${PDF}` },
      };
      const messages = [user("Hi"), calls("a1", "b2"), result("a1", [file]), result("b2", [file])];
      const { content } = await at.ask({ model, messages, tools });
      expect(content).toMatch(/"a b" \(PDF[^]*"a b \(2\)" \(PDF/);
    },
  );
});

describe("a tool that failed", () => {
  it("is told to the model as failed, not as a success (bifrost)", async () => {
    const failed = { ...result("a1", "no such city"), is_error: true };
    for (const model of [CLAUDE, NOVA]) {
      const { content } = await at.ask({ model, messages: [user("Hi"), calls("a1"), failed], tools });
      expect(at.sent.messages[2]!.content[0]!.toolResult!.status).toBe("error");
      expect(content).toContain("failed with: no such city");
    }
  });

  it("is told in words to a model that knows no failed tools", async () => {
    const failed = { ...result("a1", "no such city"), is_error: true };
    await at.ask({ model: LLAMA, messages: [user("Hi"), calls("a1"), failed], tools });
    const { status, content } = at.sent.messages[2]!.content[0]!.toolResult!;
    expect(status).toBeUndefined();
    expect(content.map((part) => part.text).join(" ")).toMatch(/failed.*no such city/);
  });
});
