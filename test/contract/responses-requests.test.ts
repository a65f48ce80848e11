import { afterEach, beforeEach, describe, expect, it } from "vitest";
import OpenAI from "openai";
import type { BedrockOpenAIHandler } from "../../src/index.ts";
import { CLAUDE, type House, NOVA, openHouse } from "../support/bedrock.ts";
import { PNG } from "../support/any-talk.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const clientOf = (handler: BedrockOpenAIHandler = house.handler): OpenAI =>
  new OpenAI({
    apiKey: "k",
    baseURL: "http://bedrock/v1",
    maxRetries: 0,
    fetch: (url, init) => handler(new Request(url, init)),
  });

const TOOLS = [
  { type: "function", name: "get_weather", parameters: { type: "object", properties: {} }, strict: false },
  { type: "custom", name: "note" },
  {
    type: "namespace",
    name: "mail",
    description: "Mail",
    tools: [{ type: "function", name: "send", parameters: null, strict: false }],
  },
  { type: "local_shell" },
  { type: "shell" },
  { type: "apply_patch" },
] as unknown as OpenAI.Responses.Tool[];

interface Call {
  type: string;
  id: string;
  call_id: string;
  name?: string;
  namespace?: string;
}

const shellOutput = [{ stdout: "done", stderr: "", outcome: { type: "exit", exit_code: 0 } }];

/** What came of a call, as clients say it of each kind. */
const OUTPUTS: Record<string, (call: Call) => object> = {
  function_call: ({ call_id }) => ({ type: "function_call_output", call_id, output: "done" }),
  custom_tool_call: ({ call_id }) => ({ type: "custom_tool_call_output", call_id, output: "done" }),
  local_shell_call: ({ id }) => ({ type: "local_shell_call_output", id, output: "done" }),
  shell_call: ({ call_id }) => ({ type: "shell_call_output", call_id, output: shellOutput }),
  apply_patch_call: ({ call_id }) => ({
    type: "apply_patch_call_output",
    call_id,
    status: "completed",
    output: "done",
  }),
};

const USER = { role: "user", content: "What is the weather in Paris?" } as const;

describe.each([CLAUDE, NOVA])("tools that Bedrock does not know, on %s", (model) => {
  it.each<[Pick<Call, "type" | "name" | "namespace">, string]>([
    [{ type: "function", name: "get_weather" }, "function_call"],
    [{ type: "custom", name: "note" }, "custom_tool_call"],
    [{ type: "function", name: "send", namespace: "mail" }, "function_call"],
    [{ type: "local_shell" }, "local_shell_call"],
    [{ type: "shell" }, "shell_call"],
    [{ type: "apply_patch" }, "apply_patch_call"],
  ])("are called in their own words, and their results read: %j", async (choice, kind) => {
    const client = clientOf();
    const tool_choice = choice as OpenAI.Responses.ToolChoiceFunction;
    const first = await client.responses.create({
      model,
      input: [USER],
      tools: TOOLS,
      tool_choice,
      store: false,
    });
    const call = first.output.find(({ type }) => type === kind) as unknown as Call;
    expect([call.name, call.namespace]).toEqual([choice.name, choice.namespace]);
    const output = OUTPUTS[kind]!(call) as OpenAI.Responses.ResponseInputItem;
    const input = [USER, ...(first.output as OpenAI.Responses.ResponseInputItem[]), output];
    const second = await client.responses.create({ model, input, tools: TOOLS, store: false });
    expect(second.output_text).toContain("returned");
    expect(second.output_text).toContain("done");
  });
});

describe("what was thought before a tool was called", () => {
  it("comes back to the model as it was, though the caller could not read it", async () => {
    const client = clientOf();
    const asking = {
      model: CLAUDE,
      tools: TOOLS.slice(0, 1),
      store: false,
      reasoning: { effort: "high" },
    } as const;
    const first = await client.responses.create({
      ...asking,
      input: [USER],
      include: ["reasoning.encrypted_content"],
    });
    const call = first.output.find(({ type }) => type === "function_call") as unknown as Call;
    const output = OUTPUTS["function_call"]!(call) as OpenAI.Responses.ResponseInputItem;
    await client.responses.create({
      ...asking,
      input: [USER, ...(first.output as OpenAI.Responses.ResponseInputItem[]), output],
    });
    const { messages } = house.bedrock.requests.at(-1)!.body as unknown as {
      messages: { content: { reasoningContent?: { reasoningText: { signature: string } } }[] }[];
    };
    expect(messages[1]!.content[0]!.reasoningContent!.reasoningText.signature).toMatch(/./);
  });
});

describe("large files", () => {
  it("reach the model whole, from messages and from what tools returned", async () => {
    const bytes = Buffer.concat([Buffer.from(PNG, "base64"), Buffer.alloc(900_000, 7)]).toString("base64");
    const image_url = `data:image/png;base64,${bytes}`;
    const response = await clientOf().responses.create({
      model: CLAUDE,
      store: false,
      input: [
        { role: "user", content: [{ type: "input_image", image_url, detail: "auto" }] },
        { type: "function_call", call_id: "a", name: "f", arguments: "{}" },
        {
          type: "function_call_output",
          call_id: "a",
          output: [{ type: "input_image", image_url, detail: "auto" }],
        },
        // Not a file, though it looks like one.
        { role: "user", content: `data:${bytes}` },
      ],
    });
    expect(response.status).toBe("completed");
    const sent = JSON.stringify(house.bedrock.requests.at(-1)!.body);
    expect(sent.split(bytes)).toHaveLength(4);
  });
});

describe("an operator who refuses what cannot be done", () => {
  it("refuses tools that OpenAI runs, and not what they left in a history", async () => {
    const client = clientOf(house.withOptions({ unsupported: "reject" }));
    await expect(
      client.responses.create({ model: CLAUDE, input: "Hi", store: false, tools: [{ type: "web_search" }] }),
    ).rejects.toMatchObject({ status: 400, code: "unsupported_parameter", param: "tools[0]" });
    const left = {
      type: "web_search_call",
      id: "ws_1",
      status: "completed",
      action: { type: "search", query: "q" },
    };
    const input = [USER, left, USER] as unknown as OpenAI.Responses.ResponseInput;
    const response = await client.responses.create({ model: CLAUDE, input, store: false });
    expect(response.status).toBe("completed");
  });

  it("may set what a request does not say, in chat's words", async () => {
    const models = { small: { model: CLAUDE, defaults: { max_tokens: 7, reasoning_effort: "none" } } };
    const client = clientOf(house.withOptions({ models }));
    await client.responses.create({ model: "small", input: "Hi", store: false });
    expect(house.bedrock.requests.at(-1)!.body).toMatchObject({ inferenceConfig: { maxTokens: 7 } });
  });
});
