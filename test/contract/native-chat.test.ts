import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type House, openHouse } from "../support/bedrock.ts";
import { foldChunks } from "../support/fold-chunks.ts";
import { asking, GPT, GPT_OSS, ONLY_MANTLE, weather } from "../support/native.ts";
import { chunksOf } from "../support/sse.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const { operations, asked } = asking(() => house);

/** Every model by the way that a plain question takes to it. */
const WAYS: [model: string, operation: string, path: string, answered?: string][] = [
  [GPT, "RuntimeChatCompletions", "/openai/v1/chat/completions"],
  ["openai.gpt-6-sol", "MantleChatCompletions", "/openai/v1/chat/completions"],
  [ONLY_MANTLE, "MantleChatCompletions", "/openai/v1/chat/completions"],
  ["us.openai.gpt-5.6-sol", "RuntimeChatCompletions", "/openai/v1/chat/completions"],
  [GPT_OSS, "RuntimeChatCompletions", "/openai/v1/chat/completions"],
  ["openai.gpt-oss-120b", "MantleChatCompletions", "/v1/chat/completions"],
  ["us.xai.grok-4.7", "RuntimeChatCompletions", "/openai/v1/chat/completions"],
  ["xai.grok-4.3", "MantleChatCompletions", "/openai/v1/chat/completions"],
  ["google.gemma-4-31b", "MantleChatCompletions", "/openai/v1/chat/completions"],
  ["us.moonshotai.kimi-k3", "RuntimeChatCompletions", "/openai/v1/chat/completions"],
  ["us.zai.glm-5.3", "RuntimeChatCompletions", "/openai/v1/chat/completions"],
  ["mantle/qwen.qwen3-32b", "MantleChatCompletions", "/v1/chat/completions", "qwen.qwen3-32b"],
  ["openai/us.zai.glm-5.3", "RuntimeChatCompletions", "/openai/v1/chat/completions", "us.zai.glm-5.3"],
  ["mantle/openai.gpt-6-sol", "MantleChatCompletions", "/openai/v1/chat/completions", "openai.gpt-6-sol"],
  ["anthropic.claude-mythos-5", "MantleMessages", "/anthropic/v1/messages"],
  [`converse/${GPT}`, "Converse", `/model/${GPT}/converse`, GPT],
];

describe.each(WAYS)("%s", (model, operation, path, answered = model) => {
  it.each([false, true])(
    "is asked where AWS serves it, and answers under its own id (stream: %s)",
    async (stream) => {
      const response = await asked({
        model,
        stream,
        stream_options: stream ? { include_usage: true } : null,
      });
      const text = await response.text();
      expect([response.status, text.includes('"error"')]).toEqual([200, false]);
      const streamed = operation === "Converse" && stream;
      expect(operations()).toEqual([streamed ? "ConverseStream" : operation]);
      expect(house.bedrock.requests[0]!.path).toBe(streamed ? `${path}-stream` : path);
      const heads = (stream ? chunksOf(text).chunks : [JSON.parse(text)]) as { id: string; model: string }[];
      expect(new Set(heads.map((head) => head.model))).toEqual(new Set([answered]));
      expect(new Set(heads.map((head) => head.id)).size).toBe(1);
      expect(response.headers.get("x-amzn-requestid")).toBeTruthy();
    },
  );

  it.each([false, true])("calls tools and takes their results (stream: %s)", async (stream) => {
    const body = { model, stream, tools: [weather] };
    const question = { role: "user", content: 'get_weather for "Oslo" please' };
    const first = await (await asked({ ...body, messages: [question] })).text();
    const { message, finish_reason } = (stream ? foldChunks(first) : JSON.parse(first)).choices[0]!;
    expect(finish_reason).toBe("tool_calls");
    const [call] = message.tool_calls!;
    expect(JSON.parse(call.function.arguments)).toEqual({ city: "Oslo" });
    const result = { role: "tool", tool_call_id: call.id, content: "3 degrees" };
    const second = await (await asked({ ...body, messages: [question, message, result] })).text();
    const answer = (stream ? foldChunks(second) : JSON.parse(second)).choices[0]!;
    expect(answer.message.content).toContain("3 degrees");
    expect(answer.finish_reason).toBe("stop");
  });

  it("fits a schema", async () => {
    const json_schema = {
      name: "city",
      strict: true,
      schema: {
        type: "object",
        properties: { city: { type: "string" } },
        required: ["city"],
        additionalProperties: false,
      },
    };
    const response = await asked({ model, response_format: { type: "json_schema", json_schema } });
    const { choices } = (await response.json()) as { choices: { message: { content: string } }[] };
    expect(Object.keys(JSON.parse(choices[0]!.message.content))).toEqual(["city"]);
  });
});

describe("the same conversation", () => {
  it.each([false, true])(
    "has the same visible answer natively and through Converse (stream: %s)",
    async (stream) => {
      const shape = async (model: string, body: object) => {
        const text = await (
          await asked({ model, stream, ...body, ...(stream && { stream_options: { include_usage: true } }) })
        ).text();
        const { choices, usage } = stream ? foldChunks(text) : JSON.parse(text);
        const { message, finish_reason } = choices[0]!;
        return {
          finish_reason,
          content: message.content,
          calls: message.tool_calls?.map((call: { type: string; function: object }) => [
            call.type,
            call.function,
          ]),
          counted: usage.total_tokens > 0,
          refusal: message.refusal,
        };
      };
      const question = {
        messages: [{ role: "user", content: 'get_weather for "Oslo" please' }],
        tools: [weather],
      };
      for (const body of [{}, question, { ...question, tool_choice: "required" }, { max_tokens: 2 }])
        expect(await shape(GPT, body)).toEqual(await shape(`converse/${GPT}`, body));
    },
  );
});
