import { describe, expect, it } from "vitest";
import { stopSequences } from "../../../../src/conversation/passes/stop-sequences.ts";
import { able } from "../../../support/chat-models.ts";
import { asks, textFormat } from "../../../support/conversations.ts";

const asked = asks({ inferenceConfig: { stopSequences: ["END"], maxTokens: 5 } });
const unable = able({ stopSequences: false });

describe("stop sequences", () => {
  it("are the model's own affair where it takes them", () => {
    expect(stopSequences(asked, able())).toEqual({ conversation: asked, adjustments: [] });
  });

  it("that a model refuses are not sent, but looked for in its answer", () => {
    expect(stopSequences(asked, unable)).toEqual({
      conversation: asks({ inferenceConfig: { maxTokens: 5 } }),
      adjustments: [
        {
          param: "stop",
          action: "emulated",
          reason: "This model does not accept stop sequences; the answer is cut at them.",
        },
      ],
      restore: { stopAt: ["END"] },
    });
  });

  it("never cut JSON that has to follow a schema: they are dropped", () => {
    const outputConfig = { textFormat: textFormat({ type: "object" }, "out") };
    const { conversation, adjustments, restore } = stopSequences({ ...asked, outputConfig }, unable);
    expect(conversation.inferenceConfig).toEqual({ maxTokens: 5 });
    expect(adjustments.map(({ param, action }) => `${param} ${action}`)).toEqual(["stop dropped"]);
    expect(restore).toBeUndefined();
  });

  it("leave no empty inferenceConfig behind, and are not looked for where there are none", () => {
    const only = asks({ inferenceConfig: { stopSequences: ["END"] } });
    expect(stopSequences(only, unable).conversation).toEqual(asks());
    expect(stopSequences(asks(), unable)).toEqual({ conversation: asks(), adjustments: [] });
  });
});
