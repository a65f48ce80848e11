import { describe, expect, it } from "vitest";
import { anthropicTools } from "../../../../src/conversation/passes/anthropic-tools.ts";
import type { Conversation, JsonObject } from "../../../../src/conversation/types.ts";
import { able } from "../../../support/chat-models.ts";

const CLAUDE = able({ anthropicBeta: true });
const bash = { type: "bash_20250124", name: "bash" };
const computer = { type: "computer_20250124", name: "computer" };
const toolConfig = { tools: [{ toolSpec: { name: "f", inputSchema: { json: {} } } }] };

const asking = (fields: JsonObject, rest: Partial<Conversation> = {}): Conversation => ({
  messages: [],
  additionalModelRequestFields: fields,
  ...rest,
});

const names = ({ toolConfig: config }: Conversation): unknown[] =>
  (config?.tools ?? []).map(({ toolSpec }) => toolSpec?.name);

describe("Anthropic's own tools", () => {
  it("go to Claude as they are, beside its caller's", () => {
    const conversation = asking({ tools: [bash, computer] }, { toolConfig });
    expect(anthropicTools(conversation, CLAUDE)).toEqual({ conversation, adjustments: [] });
  });

  it("are functions for Claude where nothing else is offered, as its history needs", () => {
    const { conversation } = anthropicTools(asking({ tools: [bash, computer] }), CLAUDE);
    expect(names(conversation)).toEqual(["bash"]);
    expect(conversation.additionalModelRequestFields).toEqual({ tools: [computer] });
  });

  it("keep a choice that only Claude's body can say", () => {
    const conversation = asking({ tools: [computer], tool_choice: { type: "tool", name: "computer" } });
    expect(anthropicTools(conversation, CLAUDE)).toEqual({ conversation, adjustments: [] });
  });

  it("are functions for other models, after those of the caller, and what cannot be one is left out", () => {
    const fields = { tools: [bash, computer], top_k: 1 };
    const { conversation, adjustments } = anthropicTools(asking(fields, { toolConfig }), able());
    expect(names(conversation)).toEqual(["f", "bash"]);
    expect(conversation.additionalModelRequestFields).toEqual({ top_k: 1 });
    expect(adjustments.map(({ action }) => action)).toEqual(["emulated", "dropped"]);
  });

  it.each([
    [{ type: "tool", name: "bash" }, { tool: { name: "bash" } }],
    [{ type: "any" }, { any: {} }],
    [{ type: "auto" }, undefined],
  ])("are chosen by %j as functions are", (choice, chosen) => {
    const { conversation } = anthropicTools(asking({ tools: [bash], tool_choice: choice }), able());
    expect(conversation.toolConfig!.toolChoice).toEqual(chosen);
    expect(conversation.additionalModelRequestFields).toBeUndefined();
  });

  it("change nothing a second time", () => {
    const once = anthropicTools(asking({ tools: [bash, computer] }), able()).conversation;
    expect(anthropicTools(once, able())).toEqual({ conversation: once, adjustments: [] });
  });

  it("are not what others mean by a field of that name", () => {
    const conversation = asking({ tools: [{ type: "function", function: { name: "f" } }] });
    expect(anthropicTools(conversation, able())).toEqual({ conversation, adjustments: [] });
  });
});
