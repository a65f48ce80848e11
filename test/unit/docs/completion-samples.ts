import { CLAUDE, GPT } from "../../support/bedrock.ts";
import { adjusted, emulated, JAMBA, mapped, OSS, rejected, type Samples } from "./sample.ts";

const pairs = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`k${index}`, "v"]));

/** For every row of the table of completions. */
export const COMPLETIONS: Samples = {
  model: [mapped({})],
  prompt: [
    ...["a", ["a", "b"], [9906, 1917], [[9906], [1917]]].map((prompt) => mapped({ prompt })),
    ...[undefined, null, "", ["a", " "], [999_999], []].map((prompt) => rejected({ prompt })),
  ],
  suffix: [rejected({ suffix: "x" })],
  max_tokens: [
    mapped({ max_tokens: 9 }),
    adjusted({ max_tokens: 0 }),
    adjusted({ max_tokens: 1e9 }, CLAUDE, "max_completion_tokens"),
  ],
  temperature: [mapped({ temperature: 0.5 }), adjusted({ temperature: 1.5 })],
  top_p: [mapped({ top_p: 0.5 }), adjusted({ top_p: 0.5 }, GPT)],
  stop: [mapped({ stop: "x" }), emulated({ stop: "x" }, OSS), adjusted({ stop: " " })],
  n: [mapped({ n: 2 })],
  best_of: [adjusted({ best_of: 2 })],
  echo: [mapped({ echo: true })],
  logprobs: [adjusted({ logprobs: 0 })],
  stream: [mapped({ stream: true })],
  stream_options: [mapped({ stream: true, stream_options: { include_usage: true } })],
  frequency_penalty: [mapped({ frequency_penalty: 1 }, JAMBA), adjusted({ frequency_penalty: 1 })],
  presence_penalty: [mapped({ presence_penalty: 1 }, JAMBA), adjusted({ presence_penalty: 1 })],
  seed: [adjusted({ seed: 1 })],
  logit_bias: [adjusted({ logit_bias: { 5: 1 } })],
  user: [mapped({ user: "u" }), emulated({ user: "é" }), adjusted({ user: "u", metadata: pairs })],
};
