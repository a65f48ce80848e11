import { describe, expect, it } from "vitest";
import { inAnthropicPlace } from "../../../../src/wires/messages/names.ts";

describe("a parameter", () => {
  it.each([
    ["messages[0].content[12].text", "messages.0.content.12.text"],
    ["tools[3].function.parameters", "tools.3.input_schema"],
    ["max_completion_tokens", "max_tokens"],
    ["reasoning_effort", "output_config.effort"],
    ["stop", "stop_sequences"],
    ["temperature", "temperature"],
    ["a[b]", "a[b]"],
  ])("that others call %s is %s here", (theirs, ours) => {
    expect(inAnthropicPlace(theirs)).toBe(ours);
  });
});
