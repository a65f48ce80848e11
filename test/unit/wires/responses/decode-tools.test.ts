import { describe, expect, it } from "vitest";
import { responsesRequest } from "../../../../src/openai/responses/request.ts";
import { parseRequest } from "../../../../src/reception/parse-request.ts";
import { type DecodedResponse, decodeResponse } from "../../../../src/wires/responses/decode.ts";

const USER = { role: "user", content: "Hi" };

function decoded(tools: object[], rest: object = {}, input: object[] = [USER]): DecodedResponse {
  const request = parseRequest(responsesRequest, { model: "m", input, tools, ...rest });
  const given = Array.isArray(request.input) ? request.input : [];
  return decodeResponse({ request, items: given.map((item, index) => ({ item, at: `input[${index}]` })) });
}

const namesIn = ({ conversation }: DecodedResponse): string[] | undefined =>
  conversation.toolConfig?.tools.flatMap(({ toolSpec }) => toolSpec?.name ?? []);
const choiceIn = ({ conversation }: DecodedResponse): unknown => conversation.toolConfig?.toolChoice;

const F = { type: "function", name: "f", parameters: null, strict: null, description: null };
const CUSTOM = {
  type: "custom",
  name: "c",
  format: { type: "grammar", syntax: "lark", definition: "start: /a/" },
};
const SPACE = { type: "namespace", name: "ns", description: "d", tools: [F, { type: "custom", name: "c" }] };

describe("tools", () => {
  it("are flat, and have no schema where none was given", () => {
    const [tool] = decoded([F]).conversation.toolConfig!.tools;
    expect(tool!.toolSpec).toEqual({
      name: "f",
      inputSchema: { json: { type: "object", properties: {} } },
    });
  });

  it("with a schema that is no object name it as the caller wrote it", () => {
    const parameters = { anyOf: [{ type: "object", properties: {} }] };
    const { adjustments, wording } = decoded([F, { ...F, name: "g", parameters }]);
    expect(adjustments.map(({ param }) => wording!(param))).toEqual(["tools[1].parameters"]);
  });

  it("that are no functions are told back as what they are to the caller", () => {
    const { form, conversation } = decoded([
      F,
      CUSTOM,
      { type: "local_shell" },
      { type: "shell" },
      { type: "apply_patch" },
    ]);
    expect([...form.tools]).toEqual([
      ["c", { kind: "custom", name: "c" }],
      ["local_shell", { kind: "local_shell", name: "local_shell" }],
      ["shell", { kind: "shell", name: "shell" }],
      ["apply_patch", { kind: "apply_patch", name: "apply_patch" }],
    ]);
    expect(conversation.toolConfig!.tools[1]!.toolSpec!.description).toContain("start: /a/");
  });

  it("of a namespace bear its name, and are told back without", () => {
    const made = decoded([SPACE, F]);
    expect(namesIn(made)).toEqual(["ns__f", "ns__c", "f"]);
    expect(made.form.tools.get("ns__f")).toEqual({ kind: "function", name: "f", namespace: "ns" });
    expect(made.form.tools.get("ns__c")).toEqual({ kind: "custom", name: "c", namespace: "ns" });
  });

  it("never take another's name, and a history calls them by the same", () => {
    const called = { type: "function_call", call_id: "a", namespace: "ns", name: "f", arguments: "{}" };
    const input = [USER, called, { type: "function_call_output", call_id: "a", output: "" }];
    const made = decoded(
      [SPACE, { ...F, name: "ns__f" }, { ...F, name: "shell" }, { type: "shell" }],
      {},
      input,
    );
    expect(namesIn(made)).toEqual(["ns__f_2", "ns__c", "ns__f", "shell", "shell_2"]);
    expect(made.form.tools.get("ns__f")).toBeUndefined();
    expect(made.form.tools.get("shell_2")).toEqual({ kind: "shell", name: "shell" });
    expect(made.conversation.messages[1]!.content[0]!.toolUse!.name).toBe("ns__f_2");
  });

  it.each([
    "web_search",
    "file_search",
    "code_interpreter",
    "image_generation",
    "mcp",
    "computer",
    "tool_search",
    "new",
  ])("that OpenAI runs are left out with a note: %s", (type) => {
    const made = decoded([{ type }, F], { tool_choice: { type } });
    expect(namesIn(made)).toEqual(["f"]);
    expect(choiceIn(made)).toBeUndefined();
    expect(made.adjustments.map(({ param, action }) => [param, action])).toEqual([
      ["tools[0]", "dropped"],
      ["tool_choice", "dropped"],
    ]);
  });

  it("that would run in OpenAI's containers are not run on the caller's machine", () => {
    const made = decoded([{ type: "shell", environment: { type: "container_auto" } }]);
    expect(namesIn(made)).toBeUndefined();
    expect(made.adjustments).toEqual([expect.objectContaining({ param: "tools[0]", action: "dropped" })]);
    expect(namesIn(decoded([{ type: "shell", environment: { type: "local" } }]))).toEqual(["shell"]);
  });

  it("that a history brings are offered, once", () => {
    const found = { type: "tool_search_output", call_id: "a", tools: [F, { ...F, name: "g" }] };
    const more = { type: "additional_tools", role: "developer", tools: [{ ...F, name: "h" }] };
    expect(namesIn(decoded([F], {}, [USER, found, more]))).toEqual(["f", "g", "h"]);
  });
});

describe("the choice of a tool", () => {
  it.each([
    ["auto", { auto: {} }],
    ["required", { any: {} }],
    [{ type: "function", name: "f" }, { tool: { name: "f" } }],
    [{ type: "custom", name: "c" }, { tool: { name: "c" } }],
    [{ type: "function", name: "f", namespace: "ns" }, { tool: { name: "ns__f" } }],
    [{ type: "shell" }, { tool: { name: "shell" } }],
  ])("%j is Converse's", (choice, expected) => {
    const made = decoded([F, CUSTOM, SPACE, { type: "shell" }], { tool_choice: choice });
    expect(choiceIn(made)).toEqual(expected);
  });

  it("of none offers none", () => {
    expect(namesIn(decoded([F], { tool_choice: "none" }))).toBeUndefined();
  });

  it("among some offers these", () => {
    const allowed = (tools: object[], mode = "auto") => ({
      tool_choice: { type: "allowed_tools", mode, tools },
    });
    const made = decoded(
      [F, CUSTOM, { type: "web_search" }, { type: "shell" }],
      allowed([{ type: "custom", name: "c" }, { type: "web_search" }, { type: "shell" }], "required"),
    );
    expect(namesIn(made)).toEqual(["c", "shell"]);
    expect(choiceIn(made)).toEqual({ any: {} });
    expect(namesIn(decoded([F, { type: "mcp" }], allowed([{ type: "mcp" }])))).toBeUndefined();
  });

  it("of one that is not offered is refused", () => {
    for (const choice of [
      { type: "function", name: "g" },
      { type: "allowed_tools", mode: "auto", tools: [{ type: "function", name: "g" }] },
      { type: "apply_patch" },
    ])
      expect(() => decoded([F], { tool_choice: choice })).toThrow(
        expect.objectContaining({ status: 400, param: "tool_choice" }),
      );
  });
});

describe("tools that are none", () => {
  it.each([
    [{ type: "function", function: { name: "f" } }, "tools[0].name"],
    [{ name: "f" }, "tools[0].type"],
    [{ type: "custom" }, "tools[0].name"],
    [{ type: "namespace", name: "ns", tools: [] }, "tools[0].tools"],
    [{ type: "namespace", name: "ns", tools: [{ type: "web_search" }] }, "tools[0].tools[0].type"],
  ])("%j are refused, naming %s", (tool, param) => {
    expect(() => decoded([tool])).toThrow(expect.objectContaining({ status: 400, param }));
  });
});
