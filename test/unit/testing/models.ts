/** One model of each family whose rules differ. */

export { CLAUDE_4_5, CLAUDE_OPUS_4_8, HIDDEN, NOVA } from "./support.ts";
export const CLAUDE_3_7 = "us.anthropic.claude-3-7-sonnet-20250219-v1:0";
export const SONNET_4 = "us.anthropic.claude-sonnet-4-20250514-v1:0";
export const OPUS_4_5 = "us.anthropic.claude-opus-4-5-20251101-v1:0";
export const SONNET_4_6 = "us.anthropic.claude-sonnet-4-6";
export const OPUS_5 = "us.anthropic.claude-opus-5";
export const OPUS_5_5 = "us.anthropic.claude-opus-5-5";
export const SONNET_5_5 = "us.anthropic.claude-sonnet-5-5";
export const HAIKU_5_5 = "us.anthropic.claude-haiku-5-5";
export const FABLE = "us.anthropic.claude-fable-5-1";
export const NOVA_2 = "us.amazon.nova-2-lite-v1:0";
export const NOVA_MICRO = "amazon.nova-micro-v1:0";
export const GPT_6 = "us.openai.gpt-6-sol";
export const GPT_OSS = "openai.gpt-oss-120b-1:0";
export const GROK = "us.xai.grok-4.7";
export const LLAMA = "us.meta.llama3-3-70b-instruct-v1:0";
export const LLAMA_4 = "us.meta.llama4-maverick-17b-instruct-v1:0";
export const MIXTRAL = "mistral.mixtral-8x7b-instruct-v0:1";
export const MISTRAL_LARGE = "mistral.mistral-large-3-675b-instruct";
export const VOXTRAL = "mistral.voxtral-small-24b-2507";
export const QWEN = "qwen.qwen3-32b-v1:0";
export const QWEN_VL = "qwen.qwen3-vl-235b-a22b";
export const KIMI_K3 = "us.moonshotai.kimi-k3";
export const DEEPSEEK_R1 = "us.deepseek.r1-v1:0";
export const DEEPSEEK_V3 = "deepseek.v3.2";
