/**
 * What the emulator's account owns, in every Region the same: fixed, so that tests can name it. The ids are the last
 * segments of the ARNs, `arn:aws:bedrock:<region>:123456789012:<kind>/<id>`.
 */

export const ACCOUNT_ID = "123456789012";

export type AccountKind =
  | "application-inference-profile"
  | "imported-model"
  | "custom-model"
  | "custom-model-deployment"
  | "provisioned-model"
  | "prompt-router"
  | "default-prompt-router";

/** The ARN of something the account owns. Default Region: `us-east-1`. */
export function accountArn(kind: AccountKind, id: string, region = "us-east-1"): string {
  return `arn:aws:bedrock:${region}:${ACCOUNT_ID}:${kind}/${id}`;
}

export interface ApplicationProfile {
  id: string;
  name: string;
  /** The foundation model that the profile wraps. */
  modelId: string;
}

const TEAM_MODELS = [
  "amazon.nova-micro-v1:0",
  "anthropic.claude-haiku-4-5-20251001-v1:0",
  "qwen.qwen3-32b-v1:0",
];

/** Thirty, which is more than a page. */
export const APPLICATION_PROFILES: readonly ApplicationProfile[] = [
  { id: "abc123def456", name: "search-team", modelId: "anthropic.claude-sonnet-4-5-20250929-v1:0" },
  { id: "nova00000001", name: "support-team", modelId: "amazon.nova-pro-v1:0" },
  { id: "opus48000001", name: "research-team", modelId: "anthropic.claude-opus-4-8" },
  { id: "gpt560000001", name: "writing-team", modelId: "openai.gpt-5.6-sol" },
  { id: "embed0000001", name: "index-team", modelId: "cohere.embed-multilingual-v3" },
  { id: "embed0000004", name: "archive-team", modelId: "cohere.embed-v4:0" },
  { id: "titan0000001", name: "catalogue-team", modelId: "amazon.titan-embed-text-v2:0" },
  { id: "inpaint00001", name: "studio-team", modelId: "stability.stable-image-inpaint-v1:0" },
  ...Array.from({ length: 22 }, (_, index) => ({
    id: `team${String(index + 1).padStart(8, "0")}`,
    name: `team-${index + 1}`,
    modelId: TEAM_MODELS[index % TEAM_MODELS.length] ?? "",
  })),
];

export interface ImportedModel {
  id: string;
  name: string;
  /** AWS's `modelArchitecture`. */
  architecture: string;
  instruct: boolean;
  /** Imports before 2025-11-11 keep the one format of their architecture; later ones take OpenAI's too. */
  created: string;
}

export const IMPORTED_MODELS: readonly ImportedModel[] = [
  imported("llama0000001", "my-llama", "llama", "2025-06-01T09:00:00Z"),
  imported("qwen30000001", "my-qwen3", "qwen3", "2026-03-01T09:00:00Z"),
  imported("mistral00001", "my-mistral", "mistral", "2025-08-01T09:00:00Z"),
  imported("gptoss000001", "my-gpt-oss", "gpt_oss", "2026-05-01T09:00:00Z"),
  imported("llama0000002", "my-new-llama", "llama", "2026-02-01T09:00:00Z"),
  imported("cold00000001", "my-cold-llama", "llama", "2026-04-01T09:00:00Z"),
  imported("old000000001", "my-old-mistral", "mistral", "2025-05-01T09:00:00Z"),
  { ...imported("base00000001", "my-base-llama", "llama", "2026-01-15T09:00:00Z"), instruct: false },
];

function imported(id: string, name: string, architecture: string, created: string): ImportedModel {
  return { id, name, architecture, instruct: true, created };
}

/** Fine-tuned on Nova Lite; called through its deployment or its provisioned throughput. */
export const CUSTOM_MODEL = {
  id: "amazon.nova-lite-v1:0:300k/tuned0000001",
  name: "my-nova",
  baseModelId: "amazon.nova-lite-v1:0",
  deploymentId: "deploy000001",
} as const;

export interface ProvisionedModel {
  id: string;
  name: string;
  /** What was bought: a foundation model in one of its context sizes, or a custom model. */
  modelId: string;
  custom?: true;
  foundationModelId: string;
}

export const PROVISIONED_MODELS: readonly ProvisionedModel[] = [
  {
    id: "claude000001",
    name: "my-claude-2",
    modelId: "anthropic.claude-v2:1:200k",
    foundationModelId: "anthropic.claude-v2:1",
  },
  {
    id: "titanembed01",
    name: "my-titan-embed",
    modelId: "amazon.titan-embed-text-v2:0",
    foundationModelId: "amazon.titan-embed-text-v2:0",
  },
  {
    id: "tuned0000001",
    name: "my-tuned-nova",
    modelId: CUSTOM_MODEL.id,
    custom: true,
    foundationModelId: CUSTOM_MODEL.baseModelId,
  },
];

export interface PromptRouter {
  kind: "prompt-router" | "default-prompt-router";
  id: string;
  name: string;
  /** Foundation models, called through their profiles; the last one is the fallback. */
  modelIds: readonly string[];
}

export const PROMPT_ROUTERS: readonly PromptRouter[] = [
  {
    kind: "default-prompt-router",
    id: "anthropic.claude:1",
    name: "Anthropic Prompt Router",
    modelIds: ["anthropic.claude-sonnet-4-5-20250929-v1:0", "anthropic.claude-haiku-4-5-20251001-v1:0"],
  },
  {
    kind: "prompt-router",
    id: "claude000001",
    name: "my-claude-router",
    modelIds: ["anthropic.claude-opus-4-8", "anthropic.claude-haiku-4-5-20251001-v1:0"],
  },
];

/** One endpoint of the Bedrock Marketplace: a SageMaker endpoint, called by its own ARN. */
export const MARKETPLACE_ENDPOINT = {
  name: "my-endpoint",
  model: "huggingface-llm-mistral-7b-instruct",
} as const;

export function marketplaceArn(region = "us-east-1"): string {
  return `arn:aws:sagemaker:${region}:${ACCOUNT_ID}:endpoint/${MARKETPLACE_ENDPOINT.name}`;
}
