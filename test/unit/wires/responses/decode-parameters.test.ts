import { describe, expect, it } from "vitest";
import { responsesRequest } from "../../../../src/openai/responses/request.ts";
import { parseRequest } from "../../../../src/reception/parse-request.ts";
import { type DecodedResponse, decodeResponse } from "../../../../src/wires/responses/decode.ts";

function decoded(body: object): DecodedResponse {
  const request = parseRequest(responsesRequest, { model: "m", input: "Hi", ...body });
  const item = { role: "user", content: [{ type: "input_text", text: "Hi" }] };
  return decodeResponse({ request, items: [{ item, at: "input" }] });
}

const notesOf = (body: object): [string, string][] =>
  decoded(body).adjustments.map(({ param, action }) => [param, action]);

describe("parameters", () => {
  it("have their places in a conversation", () => {
    const { conversation } = decoded({
      max_output_tokens: 9,
      temperature: 0.5,
      top_p: 0.9,
      reasoning: { effort: "high", summary: "auto" },
      metadata: { team: "a" },
      service_tier: "flex",
      top_k: 3,
      text: { format: { type: "json_schema", name: "s", schema: { type: "object" }, strict: true } },
    });
    expect(conversation).toMatchObject({
      inferenceConfig: { maxTokens: 9, temperature: 0.5, topP: 0.9 },
      outputConfig: { effort: "high", textFormat: { structure: { jsonSchema: { name: "s" } } } },
      requestMetadata: { team: "a" },
      serviceTier: { type: "flex" },
      additionalModelRequestFields: { top_k: 3 },
    });
  });

  it("that only say what happens anyway are not spoken of", () => {
    expect(
      notesOf({
        store: true,
        background: false,
        truncation: "disabled",
        stream_options: { include_obfuscation: false },
        include: ["reasoning.encrypted_content", "web_search_call.results"],
        text: { format: { type: "text" }, verbosity: "medium" },
        reasoning: { mode: "standard", context: "auto", summary: "detailed" },
        top_logprobs: 0,
        n: 1,
        client_metadata: null,
        prompt_cache_key: null,
        context_management: [],
      }),
    ).toEqual([]);
  });

  it.each([
    [{ text: { verbosity: "low" } }, "text.verbosity"],
    [{ reasoning: { mode: "pro" } }, "reasoning.mode"],
    [{ reasoning: { context: "current_turn" } }, "reasoning.context"],
    [{ top_logprobs: 3 }, "top_logprobs"],
    [{ include: ["message.output_text.logprobs"] }, "include[0]"],
    [{ prompt_cache_key: "k" }, "prompt_cache_key"],
    [{ context_management: [{ type: "compaction" }] }, "context_management"],
    [{ n: 2 }, "n"],
    [{ client_metadata: { a: "b" } }, "client_metadata"],
  ])("without a place are named: %j", (body, param) => {
    expect(notesOf(body)).toEqual([[param, "dropped"]]);
  });

  it("that nobody knows go to the model, those of clients do not", () => {
    const { conversation } = decoded({ repetition_penalty: 1.1, api_key: "secret", client_metadata: {} });
    expect(conversation.additionalModelRequestFields).toEqual({ repetition_penalty: 1.1 });
  });

  it.each([
    ["messages", "input"],
    ["max_tokens", "max_output_tokens"],
    ["max_completion_tokens", "max_output_tokens"],
    ["response_format", "text.format"],
    ["functions", "tools"],
  ])("of chat are refused, naming ours: %s", (param, ours) => {
    expect(() => decoded({ [param]: 5 })).toThrow(
      expect.objectContaining({
        param,
        code: "unsupported_parameter",
        message: expect.stringContaining(`'${ours}'`),
      }),
    );
  });

  it("that ask for a prompt of OpenAI's are refused: nothing stands in for it", () => {
    expect(() => decoded({ prompt: { id: "pmpt_1" } })).toThrow(
      expect.objectContaining({ status: 400, param: "prompt", code: "unsupported_parameter" }),
    );
  });

  it.each([
    [{ include: ["everything"] }, "include[0]"],
    [{ truncation: "some" }, "truncation"],
    [{ max_output_tokens: 0 }, "max_output_tokens"],
    [{ top_logprobs: 21 }, "top_logprobs"],
    [{ reasoning: { effort: "big" } }, "reasoning.effort"],
    [{ reasoning: { summary: "long" } }, "reasoning.summary"],
    [{ text: { format: { type: "xml" } } }, "text.format.type"],
    [{ text: { format: { type: "json_schema", schema: {} } } }, "text.format.name"],
    [{ text: { format: { type: "json_schema", name: "s" } } }, "text.format.schema"],
    [{ text: { verbosity: "loud" } }, "text.verbosity"],
    [{ metadata: { a: 1 } }, "metadata.a"],
    [{ tool_choice: "some" }, "tool_choice"],
    [{ input: 5 }, "input"],
    [{ instructions: 5 }, "instructions"],
  ])("that are wrong are refused, named as the caller wrote them: %j", (body, param) => {
    expect(() => decoded(body)).toThrow(expect.objectContaining({ status: 400, param }));
  });

  it("of chat that a refusal names bear our names", () => {
    expect(() =>
      decoded({ text: { format: { type: "json_schema", name: "s", schema: { type: "array" } } } }),
    ).toThrow(expect.objectContaining({ param: "text.format", code: "invalid_json_schema" }));
    const { wording } = decoded({});
    expect(
      ["max_completion_tokens", "messages", "reasoning_effort", "temperature"].map((each) => wording!(each)),
    ).toEqual(["max_output_tokens", "input", "reasoning.effort", "temperature"]);
  });
});
