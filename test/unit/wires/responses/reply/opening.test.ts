import { describe, expect, it } from "vitest";
import { responsesRequest } from "../../../../../src/openai/responses/request.ts";
import { openResponse } from "../../../../../src/wires/responses/reply/opening.ts";
import type { ResponseObject } from "../../../../../src/openai/responses/response.ts";
import { assertSchema } from "../../../../support/openai-schema.ts";

const open = (asked: object): ResponseObject =>
  openResponse(responsesRequest.parse({ model: "nova", input: "hi", ...asked }), {
    id: "resp_1",
    createdAt: 1_700_000_000,
    model: "amazon.nova-pro-v1:0",
  });

describe("a response that begins", () => {
  it("tells OpenAI's defaults for what was not asked, and no null where the schema has none", () => {
    const response = open({});
    assertSchema("Response", response);
    expect(response).toMatchObject({
      id: "resp_1",
      object: "response",
      created_at: 1_700_000_000,
      status: "in_progress",
      model: "amazon.nova-pro-v1:0",
      background: false,
      output: [],
      parallel_tool_calls: true,
      store: true,
      temperature: 1,
      top_p: 1,
      text: { format: { type: "text" }, verbosity: "medium" },
      tool_choice: "auto",
      tools: [],
      truncation: "disabled",
      metadata: {},
    });
    expect(Object.keys(response)).not.toEqual(expect.arrayContaining(["usage", "user", "conversation"]));
  });

  it("tells what was asked as it was asked", () => {
    const asked = {
      instructions: "Be kind.",
      max_output_tokens: 100,
      max_tool_calls: 3,
      metadata: { topic: "demo" },
      parallel_tool_calls: false,
      previous_response_id: "resp_0",
      prompt_cache_key: "k",
      reasoning: { effort: "low", summary: "auto" },
      safety_identifier: "s",
      service_tier: "flex",
      store: false,
      temperature: 0.2,
      text: { format: { type: "json_object" }, verbosity: "low" },
      tool_choice: { type: "function", name: "f" },
      top_p: 0.5,
      truncation: "auto",
      user: "u",
    };
    const response = open(asked);
    assertSchema("Response", response);
    expect(response).toMatchObject(asked);
  });

  it("takes null for what was not said", () => {
    const said = ["instructions", "metadata", "store", "temperature", "text", "tools", "tool_choice", "user"];
    const response = open(Object.fromEntries(said.map((name) => [name, null])));
    expect(response).toEqual(open({}));
  });

  it.each([
    ["its id", "conv_1"],
    ["an object", { id: "conv_1" }],
  ])("tells its conversation as an object, given as %s", (_, conversation) => {
    expect(open({ conversation }).conversation).toEqual({ id: "conv_1" });
  });

  it("tells functions with both members that clients look for", () => {
    const tools = [
      { type: "function", name: "f" },
      { type: "function", name: "g", parameters: { type: "object" }, strict: true, description: "d" },
      { type: "custom", name: "c" },
    ];
    const response = open({ tools });
    assertSchema("Response", response);
    expect(response.tools).toEqual([
      { type: "function", name: "f", parameters: null, strict: false },
      tools[1],
      tools[2],
    ]);
  });

  it("tells no effort or summary that OpenAI has no word for", () => {
    const response = open({ reasoning: { effort: "default", summary: "none" } });
    assertSchema("Response", response);
    expect(response["reasoning"]).toEqual({ effort: null, summary: null });
  });
});
