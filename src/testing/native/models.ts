import { FOUNDATION_MODELS } from "../catalogue/models.ts";
import type { FoundationModel } from "../catalogue/models.ts";

/** APIs that OpenAI and Anthropic have made, as two of Bedrock's hosts speak them. */
export type Api = "chat" | "responses" | "messages";

/** The two base paths of mantle's OpenAI APIs. */
export type Base = "/v1" | "/openai/v1";

/**
 * Which model speaks which API on which host, under which id: real ids as of November 2026. One row:
 * id on bedrock-runtime, or `-` | its APIs there | id on bedrock-mantle | its base path there | its APIs there.
 * How a model is called on bedrock-runtime, bare or by which profiles, is the catalogue's to say.
 */
const ROWS = `
openai.gpt-6.1-sol | chat responses | openai.gpt-6.1-sol | /openai/v1 | chat responses
openai.gpt-6.1-terra | chat responses | openai.gpt-6.1-terra | /openai/v1 | chat responses
openai.gpt-6-astra | chat responses | openai.gpt-6-astra | /openai/v1 | chat responses
openai.gpt-6-sol | chat responses | openai.gpt-6-sol | /openai/v1 | chat responses
openai.gpt-6-luna | chat responses | openai.gpt-6-luna | /openai/v1 | chat responses
openai.gpt-5.6-sol | chat responses | openai.gpt-5.6-sol | /openai/v1 | chat responses
openai.gpt-5.6-terra | chat responses | openai.gpt-5.6-terra | /openai/v1 | chat responses
openai.gpt-5.6-luna | chat responses | openai.gpt-5.6-luna | /openai/v1 | chat responses
- | | openai.gpt-5.5 | /openai/v1 | chat responses
- | | openai.gpt-5.4 | /openai/v1 | chat responses
- | | openai.gpt-5.6-cyber | /openai/v1 | chat responses
openai.gpt-oss-120b-1:0 | chat | openai.gpt-oss-120b | /v1 | chat responses
openai.gpt-oss-20b-1:0 | chat | openai.gpt-oss-20b | /v1 | chat responses
openai.gpt-oss-safeguard-120b | chat | openai.gpt-oss-safeguard-120b | /v1 | chat
openai.gpt-oss-safeguard-20b | chat | openai.gpt-oss-safeguard-20b | /v1 | chat
xai.grok-4.7 | chat responses | xai.grok-4.7 | /openai/v1 | chat responses
xai.grok-4.6 | chat responses | xai.grok-4.6 | /openai/v1 | chat responses
- | | xai.grok-4.3 | /openai/v1 | chat responses
- | | google.gemma-4-31b | /openai/v1 | chat responses
- | | google.gemma-4-26b-a4b | /openai/v1 | chat responses
- | | google.gemma-4-e2b | /openai/v1 | chat responses
moonshotai.kimi-k3.1 | chat responses | | |
moonshotai.kimi-k3 | chat responses | | |
zai.glm-5.3 | chat responses | | |
moonshotai.kimi-k2.5 | | moonshotai.kimi-k2.5 | /v1 | chat
deepseek.v3.2 | | deepseek.v3.2 | /v1 | chat
deepseek.v3-v1:0 | | deepseek.v3.1 | /v1 | chat
qwen.qwen3-32b-v1:0 | | qwen.qwen3-32b | /v1 | chat
qwen.qwen3-235b-a22b-2507-v1:0 | | qwen.qwen3-235b-a22b-2507 | /v1 | chat
qwen.qwen3-coder-30b-a3b-v1:0 | | qwen.qwen3-coder-30b-a3b-instruct | /v1 | chat
qwen.qwen3-coder-480b-a35b-v1:0 | | qwen.qwen3-coder-480b-a35b-instruct | /v1 | chat
qwen.qwen3-next-80b-a3b | | qwen.qwen3-next-80b-a3b-instruct | /v1 | chat
qwen.qwen3-vl-235b-a22b | | qwen.qwen3-vl-235b-a22b-instruct | /v1 | chat
google.gemma-3-27b-it | | google.gemma-3-27b-it | /v1 | chat
google.gemma-3-12b-it | | google.gemma-3-12b-it | /v1 | chat
minimax.minimax-m2.5 | | minimax.minimax-m2.5 | /v1 | chat
zai.glm-5 | | zai.glm-5 | /v1 | chat
zai.glm-4.7 | | zai.glm-4.7 | /v1 | chat
nvidia.nemotron-super-3-120b | | nvidia.nemotron-super-3-120b | /v1 | chat
nvidia.nemotron-nano-12b-v2 | | nvidia.nemotron-nano-12b-v2 | /v1 | chat
mistral.mistral-large-3-675b-instruct | | mistral.mistral-large-3-675b-instruct | /v1 | chat
mistral.magistral-small-2509 | | mistral.magistral-small-2509 | /v1 | chat
mistral.devstral-2-123b | | mistral.devstral-2-123b | /v1 | chat
mistral.voxtral-small-24b-2507 | | mistral.voxtral-small-24b-2507 | /v1 | chat
mistral.voxtral-mini-3b-2507 | | mistral.voxtral-mini-3b-2507 | /v1 | chat
anthropic.claude-fable-5-2 | messages | anthropic.claude-fable-5-2 | | messages
anthropic.claude-fable-5-1 | messages | anthropic.claude-fable-5-1 | | messages
anthropic.claude-fable-5 | messages | anthropic.claude-fable-5 | | messages
- | | anthropic.claude-mythos-5 | | messages
anthropic.claude-opus-5-5 | messages | anthropic.claude-opus-5-5 | | messages
anthropic.claude-opus-5 | messages | anthropic.claude-opus-5 | | messages
anthropic.claude-sonnet-5-5 | messages | | |
anthropic.claude-sonnet-5 | messages | anthropic.claude-sonnet-5 | | messages
anthropic.claude-haiku-5-5 | messages | | |
anthropic.claude-opus-4-8 | messages | anthropic.claude-opus-4-8 | | messages
anthropic.claude-opus-4-7 | messages | anthropic.claude-opus-4-7 | | messages
anthropic.claude-haiku-4-5-20251001-v1:0 | messages | anthropic.claude-haiku-4-5 | | messages
`;

export interface NativeModel {
  /** The foundation model's id; empty for models that only mantle serves. */
  runtimeId: string;
  runtimeApis: readonly Api[];
  /** Empty for models that mantle does not serve. */
  mantleId: string;
  /** Absent where there is but one path: Anthropic's. */
  base?: Base;
  mantleApis: readonly Api[];
  /** The catalogue's row, where AWS lists the model. */
  row?: FoundationModel;
}

export const NATIVE_MODELS: readonly NativeModel[] = ROWS.trim().split("\n").map(parseRow);

function parseRow(line: string): NativeModel {
  const [runtimeId = "", runtimeApis = "", mantleId = "", base = "", mantleApis = ""] = line
    .split("|")
    .map((cell) => cell.trim().replace(/^-$/, ""));
  const row = FOUNDATION_MODELS.find(({ id }) => id === runtimeId);
  return {
    runtimeId,
    runtimeApis: apis(runtimeApis),
    mantleId,
    ...(base !== "" && { base: base as Base }),
    mantleApis: apis(mantleApis),
    ...(row && { row }),
  };
}

function apis(cell: string): Api[] {
  return cell.split(" ").filter(Boolean) as Api[];
}
