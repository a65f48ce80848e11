import { describe, expect, it } from "vitest";
import { ask } from "../ask.ts";
import { emulator, says } from "../support.ts";
import { chat, chatMl, deepSeek, imported, llama3, mistral, OPENAI_TOOLS } from "./bodies.ts";
import { answerOf, at, chunksOf, invoke, refusal, verdictOf } from "./call.ts";

const MODEL = imported("abcdefghij12");
const OLD = imported("old000000000");
const COLD = imported("cold00000000");

describe("an import that sleeps", () => {
  it("is not ready for the first two calls, whichever operation, and then answers", async () => {
    const bedrock = await emulator();
    const { status, headers } = await invoke(COLD, { prompt: "hello" }, { bedrock });
    expect([status, headers.get("x-amzn-errortype")]).toEqual([
      429,
      expect.stringMatching(/^ModelNotReadyException:/),
    ]);
    await expect(chunksOf(COLD, { prompt: "hello" }, bedrock)).rejects.toThrow("429");
    expect(at(await answerOf(COLD, { prompt: "hello" }, bedrock), "generation")).toContain("hello");
  });

  it("sleeps again after a reset", async () => {
    const bedrock = await emulator();
    for (let call = 0; call < 3; call += 1) await invoke(COLD, { prompt: "hello" }, { bedrock });
    bedrock.reset();
    expect((await invoke(COLD, { prompt: "hello" }, { bedrock })).status).toBe(429);
  });
});

describe("an import from before the other formats", () => {
  it.each([
    [chat("hello"), "#: required key [prompt] not found"],
    [{ prompt: "hello", max_tokens: 5 }, "#: extraneous key [max_tokens] is not permitted"],
  ])("refuses %o", async (body, message) => {
    expect(await verdictOf(OLD, body)).toBe(refusal(message));
  });

  it("answers the one it knows", async () => {
    expect(at(await answerOf(OLD, { prompt: "hello", max_gen_len: 5 }), "stop_reason")).toBe("length");
  });
});

describe("the three formats", () => {
  it.each([
    [{ prompt: "hello" }, "generation"],
    [{ prompt: "hello", max_tokens: 50 }, "choices.0.text"],
    [chat("hello"), "choices.0.message.content"],
  ])("%o is told by its keys", async (body, path) => {
    expect(at(await answerOf(MODEL, body), path)).toContain("You said: hello");
  });

  it.each([llama3("hello"), chatMl("hello"), mistral("hello"), "hello"])(
    "%j is read by whatever template it follows",
    async (prompt) => {
      expect(at(await answerOf(MODEL, { prompt }), "generation")).toMatch(/^You said: hello\n/);
    },
  );

  it("a prompt that opens a thought is answered from inside it", async () => {
    const text = String(at(await answerOf(MODEL, { prompt: deepSeek("hello") }), "generation"));
    expect(text).toMatch(/^The user wrote 5 characters: hello\.[^<]*\n<\/think>\n\nYou said: hello\n/);
  });

  it("completions echo, multiply, and keep to a schema or a choice of words", async () => {
    const ask = async (more: object) =>
      at(await answerOf(MODEL, { prompt: "hello red", max_tokens: 90, ...more }), "choices") as {
        text: string;
      }[];
    expect(await ask({ n: 2 })).toHaveLength(2);
    expect((await ask({ echo: true }))[0]?.text).toMatch(/^hello redYou said: hello red\n/);
    expect((await ask({ structured_outputs: { choice: ["blue", "red"] } }))[0]?.text).toBe("red");
    const json = { type: "object", properties: { n: { type: "integer" } } };
    expect((await ask({ structured_outputs: { json } }))[0]?.text).toBe('{"n":1}');
  });

  it("chat calls tools, and thinks when told an effort", async () => {
    const called = await answerOf(MODEL, chat("weather in Paris?", { tools: OPENAI_TOOLS }));
    expect(at(called, "choices.0.message.tool_calls.0.function")).toEqual({
      name: "get_weather",
      arguments: '{"city":"Paris"}',
    });
    const thought = await answerOf(MODEL, chat("hello", { reasoning_effort: "low" }));
    expect(at(thought, "choices.0.message.reasoning_content")).toContain("5 characters");
  });

  it("the likeliest token is told when asked for", async () => {
    const { logprobs } = await answerOf(MODEL, { prompt: "hello", max_gen_len: 2, return_logprobs: true });
    expect(logprobs).toEqual([{ You: -0.01 }, { " said": -0.01 }]);
  });

  it("takes images in data URLs, three at most", async () => {
    const images = (count: number, url: string) => ({
      messages: [
        {
          role: "user",
          content: Array.from({ length: count }, () => ({ type: "image_url", image_url: { url } })),
        },
      ],
    });
    const gif = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
    expect(at(await answerOf(MODEL, images(3, gif)), "choices.0.message.content")).toContain("GIF");
    expect(await verdictOf(MODEL, images(4, gif))).toContain("At most 3 image(s)");
    expect(await verdictOf(MODEL, images(1, "https://example.com/a.gif"))).toContain("Only base64");
  });
});

it("Converse goes on answering for an imported model", async () => {
  expect((await ask({ messages: [says("hello")] }, MODEL)).text).toContain("You said: hello");
});
