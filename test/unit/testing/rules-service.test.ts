import { describe } from "vitest";
import { asks } from "./conversations.ts";
import { judge } from "./judge.ts";
import { CLAUDE_OPUS_4_8, HAIKU_5_5, HIDDEN, KIMI_K3, NOVA } from "./models.ts";

describe("the service tier", () => {
  const tier = (type: string) => asks({ serviceTier: { type } });
  judge([
    ["flex on Nova", tier("flex"), "accepted", NOVA],
    ["priority on Opus 4.8", tier("priority"), "accepted", CLAUDE_OPUS_4_8],
    ["default on Haiku 5.5", tier("default"), "accepted", HAIKU_5_5],
    [
      "flex on Haiku 5.5",
      tier("flex"),
      `400 The service tier flex is not supported for ${HAIKU_5_5}.`,
      HAIKU_5_5,
    ],
    [
      "priority on Kimi K3",
      tier("priority"),
      `400 The service tier priority is not supported for ${KIMI_K3}.`,
      KIMI_K3,
    ],
    [
      "priority on GPT-5.6",
      tier("priority"),
      "400 The service tier priority is not supported for us.openai.gpt-5.6-sol.",
      "us.openai.gpt-5.6-sol",
    ],
    [
      "one that does not exist",
      tier("auto"),
      "400 1 validation error detected: Value 'auto' at 'serviceTier.type' failed to satisfy constraint: Member must satisfy enum value set: [priority, default, flex, reserved]",
      NOVA,
    ],
  ]);
});

describe("latency", () => {
  const latency = (value: string) => asks({ performanceConfig: { latency: value } });
  const refused = (id: string) => `400 Latency performance configuration is not supported for ${id}.`;
  judge([
    ["standard anywhere", latency("standard"), "accepted", CLAUDE_OPUS_4_8],
    ["optimized on Nova Pro", latency("optimized"), "accepted", "us.amazon.nova-pro-v1:0"],
    ["optimized on Llama 3.1 70B", latency("optimized"), "accepted", "us.meta.llama3-1-70b-instruct-v1:0"],
    [
      "optimized on Llama 3.1 8B",
      latency("optimized"),
      refused("us.meta.llama3-1-8b-instruct-v1:0"),
      "us.meta.llama3-1-8b-instruct-v1:0",
    ],
    ["optimized on Nova Pro without a profile", latency("optimized"), refused(NOVA), NOVA],
    ["optimized on Opus 4.8", latency("optimized"), refused(CLAUDE_OPUS_4_8), CLAUDE_OPUS_4_8],
    ["optimized behind a hidden ARN", latency("optimized"), "accepted", HIDDEN],
  ]);
});
