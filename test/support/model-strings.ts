import type { Way } from "./model-ids.ts";

export interface ModelString {
  model: string;
  region: string | undefined;
  id: string;
  family: string;
  way: Way;
}

const ARN = "arn:aws:bedrock:us-east-1:086734376398:imported-model/r4c4kewx2s0n";
const RERANK = "arn:aws:bedrock:us-west-2::foundation-model/amazon.rerank-v1:0";

/** model string | Region | id in the URL | family, where it is not that id | way */
const ROWS = `
bedrock/anthropic.claude-3-sonnet-20240229-v1:0 | - | anthropic.claude-3-sonnet-20240229-v1:0 | = | converse
bedrock/anthropic.claude-3-5-sonnet-20240620-v1:0 | - | anthropic.claude-3-5-sonnet-20240620-v1:0 | = | converse
bedrock/anthropic.claude-3-haiku-20240307-v1:0 | - | anthropic.claude-3-haiku-20240307-v1:0 | = | converse
bedrock/anthropic.claude-3-opus-20240229-v1:0 | - | anthropic.claude-3-opus-20240229-v1:0 | = | converse
bedrock/us.anthropic.claude-3-haiku-20240307-v1:0 | - | us.anthropic.claude-3-haiku-20240307-v1:0 | anthropic.claude-3-haiku-20240307-v1:0 | converse
bedrock/anthropic.claude-3-7-sonnet-20250219-v1:0 | - | anthropic.claude-3-7-sonnet-20250219-v1:0 | = | converse
bedrock/us.anthropic.claude-3-7-sonnet-20250219-v1:0 | - | us.anthropic.claude-3-7-sonnet-20250219-v1:0 | anthropic.claude-3-7-sonnet-20250219-v1:0 | converse
us.anthropic.claude-3-7-sonnet-20250219-v1:0 | - | us.anthropic.claude-3-7-sonnet-20250219-v1:0 | anthropic.claude-3-7-sonnet-20250219-v1:0 | converse
us.anthropic.claude-3-5-sonnet-20240620-v1:0 | - | us.anthropic.claude-3-5-sonnet-20240620-v1:0 | anthropic.claude-3-5-sonnet-20240620-v1:0 | converse
bedrock/invoke/anthropic.claude-3-7-sonnet-20250219-v1:0 | - | anthropic.claude-3-7-sonnet-20250219-v1:0 | = | invoke
anthropic.claude-v2 | - | anthropic.claude-v2 | = | converse
bedrock/anthropic.claude-v2 | - | anthropic.claude-v2 | = | converse
bedrock/anthropic.claude-v2:1 | - | anthropic.claude-v2:1 | = | converse
bedrock/anthropic.claude-instant-v1 | - | anthropic.claude-instant-v1 | = | converse
bedrock/converse/us.amazon.nova-pro-v1:0 | - | us.amazon.nova-pro-v1:0 | amazon.nova-pro-v1:0 | converse
bedrock/us.deepseek.r1-v1:0 | - | us.deepseek.r1-v1:0 | deepseek.r1-v1:0 | converse
bedrock/meta.llama3-1-405b-instruct-v1:0 | - | meta.llama3-1-405b-instruct-v1:0 | = | converse
bedrock/meta.llama3-1-70b-instruct-v1:0 | - | meta.llama3-1-70b-instruct-v1:0 | = | converse
bedrock/meta.llama3-1-8b-instruct-v1:0 | - | meta.llama3-1-8b-instruct-v1:0 | = | converse
bedrock/meta.llama3-70b-instruct-v1:0 | - | meta.llama3-70b-instruct-v1:0 | = | converse
bedrock/meta.llama3-8b-instruct-v1:0 | - | meta.llama3-8b-instruct-v1:0 | = | converse
bedrock/amazon.titan-text-lite-v1 | - | amazon.titan-text-lite-v1 | = | invoke
bedrock/amazon.titan-text-express-v1 | - | amazon.titan-text-express-v1 | = | invoke
bedrock/cohere.command-text-v14 | - | cohere.command-text-v14 | = | invoke
bedrock/ai21.j2-mid-v1 | - | ai21.j2-mid-v1 | = | invoke
bedrock/ai21.j2-ultra-v1 | - | ai21.j2-ultra-v1 | = | invoke
bedrock/ai21.jamba-instruct-v1:0 | - | ai21.jamba-instruct-v1:0 | = | converse
bedrock/meta.llama2-13b-chat-v1 | - | meta.llama2-13b-chat-v1 | = | converse
bedrock/meta.llama2-70b-chat-v1 | - | meta.llama2-70b-chat-v1 | = | converse
bedrock/mistral.mistral-7b-instruct-v0:2 | - | mistral.mistral-7b-instruct-v0:2 | = | converse
bedrock/mistral.mixtral-8x7b-instruct-v0:1 | - | mistral.mixtral-8x7b-instruct-v0:1 | = | converse
bedrock/deepseek_r1/${ARN} | us-east-1 | ${ARN} | imported.deepseek_r1 | invoke
bedrock/llama/${ARN} | us-east-1 | ${ARN} | imported.llama | invoke
bedrock/qwen2/${ARN} | us-east-1 | ${ARN} | imported.qwen2 | invoke
bedrock/qwen3/${ARN} | us-east-1 | ${ARN} | imported.qwen3 | invoke
bedrock/mistral/${ARN} | us-east-1 | ${ARN} | imported.mistral | invoke
bedrock/openai/${ARN} | us-east-1 | ${ARN} | imported.openai | invoke
bedrock/invoke/llama/${ARN} | us-east-1 | ${ARN} | imported.llama | invoke
bedrock/nova/arn:aws:bedrock:us-east-1:086734376398:custom-model-deployment/r4c4kewx2s0n | us-east-1 | arn:aws:bedrock:us-east-1:086734376398:custom-model-deployment/r4c4kewx2s0n | amazon.nova-custom | converse
bedrock/nova-2/arn:aws:bedrock:us-east-1:086734376398:custom-model-deployment/r4c4kewx2s0n | us-east-1 | arn:aws:bedrock:us-east-1:086734376398:custom-model-deployment/r4c4kewx2s0n | amazon.nova-2-custom | converse
bedrock/${RERANK} | us-west-2 | ${RERANK} | amazon.rerank-v1:0 | converse
bedrock/amazon.titan-embed-text-v1 | - | amazon.titan-embed-text-v1 | = | converse
bedrock/amazon.titan-embed-text-v2:0 | - | amazon.titan-embed-text-v2:0 | = | converse
bedrock/amazon.titan-embed-image-v1 | - | amazon.titan-embed-image-v1 | = | converse
bedrock/cohere.embed-english-v3 | - | cohere.embed-english-v3 | = | converse
bedrock/cohere.embed-multilingual-v3 | - | cohere.embed-multilingual-v3 | = | converse
bedrock/stability.stable-diffusion-xl-v0 | - | stability.stable-diffusion-xl-v0 | = | converse
bedrock/stability.stable-diffusion-xl-v1 | - | stability.stable-diffusion-xl-v1 | = | converse
bedrock/stability.stability.sd3-large-v1:0 | - | stability.sd3-large-v1:0 | = | converse
bedrock/amazon.nova-canvas-v1:0 | - | amazon.nova-canvas-v1:0 | = | converse
amazon.nova-canvas-v1:0 | - | amazon.nova-canvas-v1:0 | = | converse
us-west-2/anthropic.claude-v2:1 | us-west-2 | anthropic.claude-v2:1 | = | converse
bedrock/us-gov-west-1/anthropic.claude-v2:1 | us-gov-west-1 | anthropic.claude-v2:1 | = | converse
bedrock/us-west-2/converse/anthropic.claude-v2:1 | us-west-2 | anthropic.claude-v2:1 | = | converse
bedrock/converse/us-west-2/anthropic.claude-v2:1 | us-west-2 | anthropic.claude-v2:1 | = | converse
bedrock/invoke/us-west-2/anthropic.claude-v2:1 | us-west-2 | anthropic.claude-v2:1 | = | invoke
us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0 | - | us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0 | anthropic.claude-sonnet-4-5-20250929-v1:0 | converse
ca.amazon.nova-lite-v1:0 | - | ca.amazon.nova-lite-v1:0 | amazon.nova-lite-v1:0 | converse
anthropic.claude-sonnet-4-6[1m] | - | anthropic.claude-sonnet-4-6 | = | converse
anthropic.claude-sonnet-4-6[200K] | - | anthropic.claude-sonnet-4-6 | = | converse
amazon.nova-pro-v1:0:51k | - | amazon.nova-pro-v1:0:51k | amazon.nova-pro-v1:0 | converse
anthropic.claude-v2:0:18k | - | anthropic.claude-v2:0:18k | anthropic.claude-v2:0 | converse
arn:aws:bedrock:eu-west-1:086734376398:inference-profile/eu.amazon.nova-pro-v1:0 | eu-west-1 | arn:aws:bedrock:eu-west-1:086734376398:inference-profile/eu.amazon.nova-pro-v1:0 | amazon.nova-pro-v1:0 | converse
arn:aws:bedrock:us-east-1:086734376398:inference-profile/us.openai.gpt-6-sol | us-east-1 | arn:aws:bedrock:us-east-1:086734376398:inference-profile/us.openai.gpt-6-sol | openai.gpt-6-sol | converse
arn:aws:bedrock:us-east-1:086734376398:custom-model/amazon.nova-micro-v1:0:128k/abc123def456 | us-east-1 | arn:aws:bedrock:us-east-1:086734376398:custom-model/amazon.nova-micro-v1:0:128k/abc123def456 | amazon.nova-micro-v1:0 | converse
openai/openai.gpt-oss-120b-1:0 | - | openai.gpt-oss-120b-1:0 | = | runtime/openai/v1
openai/deepseek.v3.2 | - | deepseek.v3.2 | = | runtime/openai/v1
openai/xai.grok-4.3 | - | xai.grok-4.3 | = | mantle/openai/v1
mantle/deepseek.v3.2 | - | deepseek.v3.2 | = | mantle/v1
bedrock_mantle/openai.gpt-oss-120b | - | openai.gpt-oss-120b | = | mantle/v1
mantle/openai.gpt-oss-safeguard-20b | - | openai.gpt-oss-safeguard-20b | = | mantle/v1
mantle/openai.gpt-6-astra | - | openai.gpt-6-astra | = | mantle/openai/v1
mantle/openai.daybreak-blue | - | openai.daybreak-blue | = | mantle/openai/v1
mantle/google.gemma-4-31b | - | google.gemma-4-31b | = | mantle/openai/v1
mantle/xai.grok-4.6 | - | xai.grok-4.6 | = | mantle/openai/v1
mantle/anthropic.claude-opus-5-5 | - | anthropic.claude-opus-5-5 | = | mantle/anthropic/v1
`;

/** Every model string that LiteLLM's guide and the access gateway's show, and every form of LiteLLM's grammar. */
export const GUIDE_STRINGS: readonly ModelString[] = ROWS.trim()
  .split("\n")
  .map((row) => row.split("|").map((cell) => cell.trim()))
  .map(([model = "", region, id = "", family = "", way]) => ({
    model,
    region: region === "-" ? undefined : region,
    id,
    family: family === "=" ? id : family,
    way: way as Way,
  }));
