import { describe, expect, it } from "vitest";
import { fit } from "../../../src/conversation/fit.ts";
import { kept, mapContent, mapped } from "../../../src/conversation/map-content.ts";
import type { ContentBlock, Conversation } from "../../../src/conversation/types.ts";
import { traitsOf } from "../../../src/bedrock/traits/traits.ts";

const conversation: Conversation = {
  messages: [
    { role: "user", content: [{ text: "Look it up." }] },
    { role: "assistant", content: [{ toolUse: { toolUseId: "call_1", name: "look_up", input: {} } }] },
    { role: "user", content: [{ toolResult: { toolUseId: "call_1", content: [{ text: "found" }] } }] },
  ],
  toolConfig: { tools: [{ toolSpec: { name: "look_up", inputSchema: { json: { type: "object" } } } }] },
};

const shout = (block: ContentBlock): ContentBlock =>
  block.text === undefined ? block : { text: block.text.toUpperCase() };

describe("a history that a pass finds nothing to do in", () => {
  it("is the same object, not a copy of it", () => {
    expect(mapContent(conversation, (content) => content)).toBe(conversation);
    expect(mapContent(conversation, (content) => mapped(content, (block) => block))).toBe(conversation);
    expect(mapContent(conversation, (content) => kept(content, () => true))).toBe(conversation);
  });

  it("leaves its blocks untouched through all passes", () => {
    const { conversation: fitted } = fit(conversation, traitsOf("anthropic.claude-sonnet-4-5-20250929-v1:0"));
    for (const [index, { content }] of fitted.messages.entries())
      for (const [at, block] of content.entries())
        expect(block).toBe(conversation.messages[index]!.content[at]);
  });
});

describe("a change to one message", () => {
  it("leaves the others and the given conversation as they were", () => {
    const given = structuredClone(conversation);
    const changed = mapContent(conversation, (content) => mapped(content, shout));
    expect(changed.messages[0]).toEqual({ role: "user", content: [{ text: "LOOK IT UP." }] });
    expect(changed.messages[1]).toBe(conversation.messages[1]);
    expect(changed.messages[2]).toBe(conversation.messages[2]);
    expect(conversation).toEqual(given);
  });

  it("asks about every item once, in order, also where the answer depends on those before", () => {
    const seen = new Set<number>();
    expect(kept([1, 2, 1, 3, 2], (item) => seen.size < seen.add(item).size)).toEqual([1, 2, 3]);
  });
});
