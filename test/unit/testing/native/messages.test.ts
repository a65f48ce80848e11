import { describe, expect, it } from "vitest";
import { emulator } from "../support.ts";
import { hello, MESSAGES, postNative, signedFor, user, WEATHER } from "./support.ts";

const CLAUDE = "us.anthropic.claude-opus-4-8";
const HAIKU = "us.anthropic.claude-haiku-4-5-20251001-v1:0";
const body = { model: CLAUDE, max_tokens: 200, ...hello };
const tool = { name: "get_weather", description: "The weather", input_schema: WEATHER.parameters };

const ask = async (params: object = {}, headers?: Record<string, string>) =>
  postNative(await emulator(), MESSAGES, { ...body, ...params }, headers);

describe("native messages", () => {
  it("are Anthropic's", async () => {
    const answer = (await ask()).json() as unknown as { content: { text: string }[] };
    expect(answer).toMatchObject({ type: "message", role: "assistant", stop_reason: "end_turn" });
    expect(answer.content[0]?.text).toContain("You said: hello");
  });

  it("call a tool, think with a signature, stop at the limit", async () => {
    const called = await ask({ messages: [user('get_weather "Paris"')], tools: [tool] });
    expect(called.json()).toMatchObject({
      stop_reason: "tool_use",
      content: [{ type: "tool_use", name: "get_weather", input: { city: "Paris" } }],
    });
    const thought = await ask({ thinking: { type: "adaptive" } });
    expect(thought.json()).toMatchObject({
      content: [{ type: "thinking", signature: expect.any(String) }, { type: "text" }],
    });
    expect((await ask({ max_tokens: 2 })).json()).toMatchObject({ stop_reason: "max_tokens" });
  });

  it("stream Anthropic's events by name", async () => {
    const { text } = await ask({ stream: true });
    const names = text.split("\n").flatMap((line) => (line.startsWith("event: ") ? [line.slice(7)] : []));
    expect([...new Set(names)]).toEqual([
      "message_start",
      "content_block_start",
      "ping",
      "content_block_delta",
      "content_block_stop",
      "message_delta",
      "message_stop",
    ]);
  });

  it("are counted by mantle", async () => {
    const { max_tokens: _, ...uncounted } = body;
    const counted = await postNative(await emulator(), `${MESSAGES}/count_tokens`, {
      ...uncounted,
      model: "anthropic.claude-opus-4-8",
    });
    expect(counted.json()).toEqual({ input_tokens: 2 });
  });

  it.each([
    [{ max_tokens: undefined }, "max_tokens: Field required"],
    [{ top_x: 1 }, "top_x: Extra inputs are not permitted"],
    [{ temperature: 1 }, "`temperature` is deprecated for this model."],
    [{ thinking: { type: "enabled", budget_tokens: 1024 } }, '"thinking.type.enabled" is not supported'],
    [{ model: HAIKU, messages: [{ role: "assistant", content: "x" }] }, "first message must use"],
  ])("%j is refused in Anthropic's words", async (params, said) => {
    const { status, verdict } = await ask(params);
    expect(status).toBe(400);
    expect(verdict).toContain(said);
  });

  it("want their version", async () => {
    expect((await ask({}, { "anthropic-version": "" })).verdict).toBe(
      "400 anthropic-version: header is required",
    );
  });

  it("follow a schema on the runtime, and not on mantle", async () => {
    const schema = {
      type: "object",
      properties: { a: { type: "string" } },
      required: ["a"],
      additionalProperties: false,
    };
    const output_config = { format: { type: "json_schema", schema } };
    expect((await ask({ model: HAIKU, output_config })).verdict).toBe("accepted");
    const onMantle = await ask(
      { model: "anthropic.claude-haiku-4-5", output_config },
      signedFor("bedrock-mantle"),
    );
    expect(onMantle.verdict).toBe("400 output_config.format: Extra inputs are not permitted");
  });
});
