import { describe, expect, it } from "vitest";
import { CLAUDE, GPT, LLAMA, MISTRAL, NEW_CLAUDE, NOVA } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";
import { assistant, result, says, toolCall, user, visit, WEATHER } from "./visit.ts";

const at = visit();
const OPUS_4_6 = "us.anthropic.claude-opus-4-6-v1";
const CONTINUE = { role: "user", content: [{ text: "Please continue." }] };

describe("several messages of one role in a row", () => {
  it.each([CLAUDE, NOVA, LLAMA])(
    "are one turn, in order (bedrock-access-gateway#26, agentgateway#1358) on %s",
    async (model) => {
      const messages = [
        user("One."),
        user("Two."),
        assistant("A."),
        assistant("B."),
        user([{ type: "text", text: "Three." }]),
      ];
      const { content } = await at.ask({ model, messages });
      expect(at.sent.messages).toEqual([
        { role: "user", content: [{ text: "One." }, { text: "Two." }] },
        { role: "assistant", content: [{ text: "A." }, { text: "B." }] },
        { role: "user", content: [{ text: "Three." }] },
      ]);
      expect(content).toContain("You said: Three.");
    },
  );
});

describe("instructions", () => {
  it.each(["system", "developer"])(
    "of role %s are the system prompt (bedrock-access-gateway#209)",
    async (role) => {
      for (const model of [CLAUDE, NOVA, GPT]) {
        const { finish } = await at.ask({ model, messages: [{ role, content: "Be brief." }, user("Hi")] });
        expect(at.sent.system).toEqual([{ text: "Be brief." }]);
        expect(at.sent.messages).toEqual([{ role: "user", content: [{ text: "Hi" }] }]);
        expect(finish).toBe("stop");
      }
    },
  );

  it("for a model without a system prompt are not an error", async () => {
    await at.ask({ model: MISTRAL, messages: [{ role: "system", content: "Be brief." }, user("Hi")] });
    expect(at.sent.system).toBeUndefined();
    expect(at.sent.messages).toEqual([{ role: "user", content: [{ text: "Be brief." }, { text: "Hi" }] }]);
  });

  it.each([
    ["stay where they stand", NEW_CLAUDE, ["user", "system", "assistant", "user"]],
    ["move to the beginning", NOVA, ["user", "assistant", "user"]],
  ])(
    "in the middle of a conversation %s and are never lost (ai-gateway#2189) on %s",
    async (_, model, roles) => {
      const messages = [
        user("Hi"),
        { role: "system", content: "Be brief." },
        assistant("Yes?"),
        user("Go on"),
      ];
      await at.ask({ model, messages });
      expect(at.sent.messages.map(({ role }) => role)).toEqual(roles);
      expect(JSON.stringify(at.sent).match(/Be brief\./g)).toHaveLength(1);
    },
  );
});

describe("blank text", () => {
  it.each<[string, unknown]>([
    ["an empty string", ""],
    ["only blanks", " \n\t"],
    ["null", null],
    ["an empty part", [{ type: "text", text: "" }]],
    ["no parts", []],
  ])(
    "of an assistant (%s) is not sent (litellm#7169, litellm#15850, vercel/ai#15250, ai-gateway#2191)",
    async (_, content) => {
      const messages = [user("One."), assistant(content), user("Two.")];
      const { content: answer } = await at.ask({ model: CLAUDE, messages });
      expect(at.sent.messages).toEqual([{ role: "user", content: [{ text: "One." }, { text: "Two." }] }]);
      expect(answer).toContain("Two.");
    },
  );

  it("beside what is not blank leaves only that (langchainjs#8618)", async () => {
    const blank = { type: "text", text: "\n" };
    await at.ask({ model: NOVA, messages: [user([blank, { type: "text", text: "Hi" }, blank])] });
    expect(at.sent.messages).toEqual([{ role: "user", content: [{ text: "Hi" }] }]);
  });

  it("in the system prompt is not sent", async () => {
    await at.ask({ model: CLAUDE, messages: [{ role: "system", content: " " }, user("Hi")] });
    expect(at.sent.system).toBeUndefined();
  });

  it("and nothing else is the caller's mistake, told without asking AWS", async () => {
    const { status, error } = await at.refused({ model: CLAUDE, messages: [user(" ")] });
    expect([status, error.param]).toEqual([400, "messages"]);
    expect(at.received).toHaveLength(0);
  });
});

describe("an assistant's text beside its tool calls", () => {
  it.each([CLAUDE, NOVA, LLAMA])("is kept in one turn with them (litellm#6053) on %s", async (model) => {
    const turn = assistant("Let me look.", { tool_calls: [toolCall("call_1")] });
    await at.ask({ model, messages: [user("Hi"), turn, result("call_1")], tools: [WEATHER] });
    expect(at.sent.messages[1]).toEqual({
      role: "assistant",
      content: [
        { text: "Let me look." },
        { toolUse: { toolUseId: "call_1", name: "get_weather", input: {} } },
      ],
    });
  });

  it("that is empty is left out, the calls are not", async () => {
    const turn = assistant("", { tool_calls: [toolCall("call_1")] });
    await at.ask({ model: CLAUDE, messages: [user("Hi"), turn, result("call_1")], tools: [WEATHER] });
    expect(at.sent.messages[1]!.content).toEqual([
      { toolUse: { toolUseId: "call_1", name: "get_weather", input: {} } },
    ]);
  });
});

describe("a conversation that ends on the assistant", () => {
  it.each([OPUS_4_6, NEW_CLAUDE, "us.anthropic.claude-opus-4-7"])(
    "is asked to go on where a prefill is refused (bedrock-access-gateway#219, livekit#6008): %s",
    async (model) => {
      const messages = [user("Hi"), assistant("Once upon")];
      const { adjustments, content } = await at.ask({ model, messages });
      expect(at.sent.messages.slice(1)).toEqual([
        { role: "assistant", content: [{ text: "Once upon" }] },
        CONTINUE,
      ]);
      expect(adjustments).toContainEqual(expect.objectContaining({ param: "messages", action: "added" }));
      expect(content).not.toBe("");
    },
  );

  it("is continued where that works, without the blanks at its end that are refused (vercel/ai@8a15307)", async () => {
    const { content } = await at.ask({ model: CLAUDE, messages: [user("Hi"), assistant("Once upon \n")] });
    expect(at.sent.messages.at(-1)).toEqual({ role: "assistant", content: [{ text: "Once upon" }] });
    expect(content).toContain("and so it goes on");
  });

  it("is not a prefill for a Claude that thinks", async () => {
    const messages = [user("Hi"), assistant("Once upon")];
    await at.ask({ model: CLAUDE, messages, reasoning_effort: "low" });
    expect(at.sent.messages.at(-1)).toEqual(CONTINUE);
  });
});

describe("size and emptiness", () => {
  it.each([false, true])(
    "a large text is not refused (bedrock-access-gateway#136; stream: %s)",
    async (stream) => {
      const text = "word ".repeat(100_000);
      at.replies(says("ok"));
      await at.ask({ model: CLAUDE, messages: [user([{ type: "text", text }])] }, stream);
      expect(at.sent.messages[0]!.content).toEqual([{ text }]);
    },
  );

  it("an answer without content is an empty answer, not a crash (bedrock-access-gateway#36)", async () => {
    for (const { content, finish, calls } of await at.askBoth({ model: CLAUDE }, { content: [] }))
      expect([content, finish, calls]).toEqual(["", "stop", []]);
  });

  it("an answer that says nothing still has its list of choices (ai-gateway#1975)", async () => {
    at.replies({ content: [] });
    const response = await at.house.handler(chatRequest({ model: NOVA }));
    expect(await response.json()).toMatchObject({
      choices: [{ index: 0, message: { role: "assistant", content: "" } }],
    });
  });

  it("a request without a body is a 400 (ai-gateway#2240)", async () => {
    for (const body of [undefined, "", "null"]) {
      const headers = { "content-type": "application/json" };
      const init = { method: "POST", headers, ...(body !== undefined && { body }) };
      const response = await at.house.handler(new Request("http://localhost/v1/chat/completions", init));
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { type: "invalid_request_error" } });
    }
    expect(at.received).toHaveLength(0);
  });

  it("an empty text beside reasoning does not make the turn unusable (vercel/ai@24ac76f)", async () => {
    const thought = { reasoningContent: { reasoningText: { text: "Hm.", signature: "c2ln" } } };
    const [whole, streamed] = await at.askBoth({ model: CLAUDE }, { content: [thought, { text: "" }] });
    for (const { content, reasoning, thinking } of [whole, streamed]) {
      expect([content, reasoning]).toEqual(["", "Hm."]);
      const turn = assistant("", { thinking_blocks: thinking });
      at.replies(says("ok"));
      await at.ask({ model: CLAUDE, messages: [user("Hi"), turn, user("And?")] });
      // A thought that nothing was said after is refused too.
      expect(at.sent.messages).toEqual([{ role: "user", content: [{ text: "Hi" }, { text: "And?" }] }]);
    }
  });
});
