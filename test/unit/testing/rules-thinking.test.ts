import { describe } from "vitest";
import { answers, call, fields, result, user, withTools } from "./conversations.ts";
import { byModel, extraneous, judge } from "./judge.ts";
import {
  CLAUDE_4_5,
  CLAUDE_OPUS_4_8,
  NOVA,
  NOVA_2,
  OPUS_5,
  OPUS_5_5,
  SONNET_4_6,
  SONNET_5_5,
} from "./models.ts";
import { says } from "./support.ts";
import type { Body } from "./support.ts";

describe("thinking", () => {
  const budget = (budget_tokens: unknown, inferenceConfig: Body = { maxTokens: 4096 }) =>
    fields({ thinking: { type: "enabled", budget_tokens } }, { inferenceConfig });
  const adaptive = fields({ thinking: { type: "adaptive" } });
  judge([
    ["with a fair budget", budget(1024), "accepted", CLAUDE_4_5],
    [
      "without a budget",
      budget(undefined),
      `${byModel}thinking.enabled.budget_tokens: Field required`,
      CLAUDE_4_5,
    ],
    [
      "with a budget below 1024",
      budget(1000),
      `${byModel}thinking.enabled.budget_tokens: Input should be greater than or equal to 1024`,
      CLAUDE_4_5,
    ],
    [
      "with a budget as large as maxTokens",
      budget(4096),
      `${byModel}\`max_tokens\` must be greater than \`thinking.budget_tokens\`.`,
      CLAUDE_4_5,
    ],
    [
      "with a temperature",
      budget(1024, { maxTokens: 4096, temperature: 0.5 }),
      `${byModel}\`temperature\` may only be set to 1 when thinking is enabled.`,
      CLAUDE_4_5,
    ],
    ["with temperature 1", budget(1024, { maxTokens: 4096, temperature: 1 }), "accepted", CLAUDE_4_5],
    [
      "with a budget on Opus 4.8",
      budget(1024),
      `${byModel}"thinking.type.enabled" is not supported for this model.`,
      CLAUDE_OPUS_4_8,
    ],
    ["adaptive on Opus 4.8", adaptive, "accepted", CLAUDE_OPUS_4_8],
    [
      "adaptive on Sonnet 4.5",
      adaptive,
      `${byModel}adaptive thinking is not supported on this model`,
      CLAUDE_4_5,
    ],
    [
      "disabled on Opus 5.5",
      fields({ thinking: { type: "disabled" } }),
      `${byModel}disabled thinking is not supported on this model`,
      OPUS_5_5,
    ],
    ["disabled on Opus 5", fields({ thinking: { type: "disabled" } }), "accepted", OPUS_5],
    [
      "without the thinking block before replayed calls",
      {
        ...withTools(says("a"), answers(call("1")), user(result("1"))),
        additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 1024 } },
      },
      `${byModel}messages.1.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`tool_use\`.`,
      CLAUDE_4_5,
    ],
    ["between tools, on Sonnet 5.5", fields({ thinking: { type: "between_tools" } }), "accepted", SONNET_5_5],
    [
      "between tools, on Opus 5",
      fields({ thinking: { type: "between_tools" } }),
      `${byModel}between_tools thinking is not supported on this model`,
      OPUS_5,
    ],
    ["without a type", fields({ thinking: {} }), `${byModel}thinking.type: Field required`, OPUS_5],
    ["in a word", fields({ thinking: "high" }), `${byModel}thinking: Input should be a valid`, OPUS_5],
    [
      "with an effort inside",
      fields({ thinking: { type: "adaptive", effort: "low" } }),
      `${byModel}thinking.adaptive.effort: Extra inputs are not permitted`,
      OPUS_5,
    ],
    [
      "adaptive with a budget",
      fields({ thinking: { type: "adaptive", budget_tokens: 2000 } }),
      `${byModel}thinking.adaptive.budget_tokens: Extra inputs are not permitted`,
      OPUS_5,
    ],
    [
      "disabled with a budget",
      fields({ thinking: { type: "disabled", budget_tokens: 2000 } }),
      `${byModel}thinking.disabled.budget_tokens: Extra inputs are not permitted`,
      OPUS_5,
    ],
    [
      "shown in summary",
      fields({ thinking: { type: "adaptive", display: "summarized" } }),
      "accepted",
      OPUS_5,
    ],
    ["not shown", fields({ thinking: { type: "adaptive", display: "omitted" } }), "accepted", OPUS_5],
    [
      "shown in full",
      fields({ thinking: { type: "adaptive", display: "full" } }),
      `${byModel}thinking.adaptive.display: Input should be 'summarized' or 'omitted'`,
      OPUS_5,
    ],
    [
      "shown at all, in GovCloud",
      fields({ thinking: { type: "enabled", budget_tokens: 2000, display: "summarized" } }),
      `${byModel}thinking.enabled.display: Extra inputs are not permitted`,
      "us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0",
    ],
    [
      "bound to its prefix",
      fields({ thinking: { type: "adaptive", block_binding: {} } }),
      "accepted",
      OPUS_5_5,
    ],
    [
      "bound to its prefix, on 4.6",
      fields({ thinking: { type: "adaptive", block_binding: {} } }),
      `${byModel}thinking.adaptive.block_binding: Extra inputs are not permitted`,
      SONNET_4_6,
    ],
  ]);
});

describe("Nova's reasoning", () => {
  const reasons = (reasoningConfig: unknown, inferenceConfig: Body = {}, more: Body = {}) =>
    fields({ reasoningConfig, ...more }, { inferenceConfig });
  const high = { type: "enabled", maxReasoningEffort: "high" };
  const malformed = `${byModel}Malformed input request: #/reasoningConfig`;
  const unset = `${byModel}temperature, topP, topK and maxTokens must be unset`;
  judge([
    [
      "at low effort",
      reasons({ type: "enabled", maxReasoningEffort: "low" }, { maxTokens: 9 }),
      "accepted",
      NOVA_2,
    ],
    ["off", reasons({ type: "disabled" }), "accepted", NOVA_2],
    ["at high effort", reasons(high), "accepted", NOVA_2],
    ["at high effort with maxTokens", reasons(high, { maxTokens: 9 }), unset, NOVA_2],
    ["at high effort with topK", reasons(high, {}, { inferenceConfig: { topK: 5 } }), unset, NOVA_2],
    [
      "at an effort it does not know",
      reasons({ type: "enabled", maxReasoningEffort: "minimal" }),
      `${malformed}/maxReasoningEffort: minimal is not a valid enum value`,
      NOVA_2,
    ],
    ["of another kind", reasons({ type: "adaptive" }), `${malformed}/type: adaptive is not`, NOVA_2],
    ["of no kind", reasons({}), `${malformed}: required key [type] not found`, NOVA_2],
    ["in a word", reasons("high"), `${malformed}: expected type: JSONObject`, NOVA_2],
    [
      "with a budget",
      reasons({ type: "enabled", budget: 1 }),
      `${malformed}: extraneous key [budget]`,
      NOVA_2,
    ],
    ["on the first Nova", reasons({ type: "disabled" }), extraneous("reasoningConfig"), NOVA],
    ["by Claude's name", fields({ thinking: { type: "enabled" } }), extraneous("thinking"), NOVA_2],
  ]);
});
