import { type Fault, type Path, pathName } from "../fault.ts";

const BY_HANDLER = "is told for all models at once";
const LIMITS = "limits nothing here; it only weighs entries of one name against each other";
const SPREADING = "is for LiteLLM's ways of spreading requests, of which only weights are here";
const COSTS = "is told under `prices`, by model and for a million tokens";
const BUDGETS = "is a budget, and none are kept here";

/** LiteLLM's own affairs, which are no parameters of a request, and what to do instead. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  aws_sts_endpoint: "is told by the environment: AWS_ENDPOINT_URL_STS",
  timeout: `${BY_HANDLER}: \`timeouts.firstByte\`, in milliseconds`,
  stream_timeout: `${BY_HANDLER}: \`timeouts.idle\`, in milliseconds`,
  max_retries: `${BY_HANDLER}: \`retries\``,
  num_retries: `${BY_HANDLER}: \`retries\``,
  rpm: LIMITS,
  tpm: LIMITS,
  max_parallel_requests: `${BY_HANDLER}: \`maxConcurrency\``,
  tags: SPREADING,
  max_budget: BUDGETS,
  budget_duration: BUDGETS,
  input_cost_per_token: COSTS,
  output_cost_per_token: COSTS,
  input_cost_per_second: COSTS,
  output_cost_per_second: COSTS,
  drop_params: `${BY_HANDLER}: \`unsupported\``,
  additional_drop_params:
    "is not done here: what a model does not take is left out by itself, and named in the answer",
  allowed_openai_params: "is not needed: parameters are sent wherever the model takes them",
  modify_params: "is not needed: conversations are mended by themselves",
  bedrock_neutralize_orphaned_tool_blocks: "is not needed: it is always done",
  aws_bedrock_client: "takes code: see the option `client`",
  fallbacks: "is told under `router_settings.fallbacks`",
  assistant_continue_message: "is not needed: conversations are mended by themselves, in fixed words",
  stream_chunk_size: "is not needed: frames are sent on as they arrive",
  mock_response: "is not done here: see --emulator",
  merge_reasoning_content_in_choices: "is not done here: reasoning is always apart",
  use_in_pass_through: `${BY_HANDLER}: \`passThrough\``,
  configurable_clientside_auth_params: `${BY_HANDLER}: \`allowRequestCredentials\``,
};

/** Read where they mean something: what an entry is, and what it weighs among those of its name. */
const READ_ELSEWHERE = new Set([
  "model",
  "custom_llm_provider",
  "litellm_credential_name",
  "weight",
  "order",
]);

export interface Sorted {
  /** What the name of the model, the account and the host are made of. */
  access: Record<string, unknown>;
  /** Parameters for requests that do not set them. */
  defaults: Record<string, unknown>;
  warnings: Fault[];
}

/** LiteLLM's names of what an entry of `models` has names of its own for. */
export const ACCESS: ReadonlySet<string> = new Set([
  "aws_region_name",
  "aws_access_key_id",
  "aws_secret_access_key",
  "aws_session_token",
  "aws_profile_name",
  "aws_role_name",
  "aws_session_name",
  "aws_external_id",
  "aws_session_tags",
  "aws_web_identity_token",
  "aws_bedrock_runtime_endpoint",
  "api_base",
  "api_key",
  "extra_headers",
  "model_id",
]);

/** Parts `litellm_params`. What LiteLLM does not know goes to the model there, and so it does here: it is a default. */
export function sorted(params: Readonly<Record<string, unknown>>, path: Path): Sorted {
  const result: Sorted = { access: {}, defaults: {}, warnings: [] };
  for (const [name, value] of Object.entries(params)) {
    if (value === null || READ_ELSEWHERE.has(name)) continue;
    const at = [...path, name];
    const about = (hint: string): Fault => ({ path: at, message: `'${pathName(at)}' ${hint}.` });
    if (Object.hasOwn(LEFT_OUT, name)) result.warnings.push(about(LEFT_OUT[name]!));
    else if (ACCESS.has(name)) result.access[name] = value;
    else result.defaults[name] = value;
  }
  return result;
}
