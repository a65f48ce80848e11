import { type Fault, type Path, pathName } from "../fault.ts";

const ROLES =
  "needs AWS STS, which is not here yet: take the role in a profile (`aws_profile_name`) or in the environment";

/** Without these, requests would go out as somebody else: the server does not start. */
const REFUSED: Readonly<Record<string, string>> = {
  aws_role_name: ROLES,
  aws_web_identity_token: ROLES,
};

const OF_ROLES = "belongs to a role and does nothing without one";
const BY_HANDLER = "is told for all models at once";
const SPREADING = "is for spreading requests over several entries, which is not done here";
const COSTS = "is for counting costs, which is not done here";

/** LiteLLM's own affairs, which are no parameters of a request, and what to do instead. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  aws_session_name: OF_ROLES,
  aws_external_id: OF_ROLES,
  aws_session_tags: OF_ROLES,
  aws_sts_endpoint: OF_ROLES,
  timeout: `${BY_HANDLER}: \`timeouts.firstByte\`, in milliseconds`,
  stream_timeout: `${BY_HANDLER}: \`timeouts.idle\`, in milliseconds`,
  max_retries: `${BY_HANDLER}: \`retries\``,
  num_retries: `${BY_HANDLER}: \`retries\``,
  rpm: SPREADING,
  tpm: SPREADING,
  weight: SPREADING,
  order: SPREADING,
  max_parallel_requests: SPREADING,
  tags: SPREADING,
  max_budget: COSTS,
  budget_duration: COSTS,
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
  fallbacks: "is not done here",
  assistant_continue_message: "is not needed: conversations are mended by themselves, in fixed words",
  stream_chunk_size: "is not needed: frames are sent on as they arrive",
  mock_response: "is not done here: see --emulator",
  merge_reasoning_content_in_choices: "is not done here: reasoning is always apart",
  use_in_pass_through: `${BY_HANDLER}: \`passThrough\``,
  configurable_clientside_auth_params: "is not done here: callers do not choose AWS's account",
};

const BASE_PROVIDER = new Set(["model", "custom_llm_provider", "litellm_credential_name"]);

export interface Sorted {
  /** What the name of the model, the account and the host are made of. */
  access: Record<string, unknown>;
  /** Parameters for requests that do not set them. */
  defaults: Record<string, unknown>;
  faults: Fault[];
  warnings: Fault[];
}

/** LiteLLM's names of what an entry of `models` has names of its own for. */
export const ACCESS: ReadonlySet<string> = new Set([
  "aws_region_name",
  "aws_access_key_id",
  "aws_secret_access_key",
  "aws_session_token",
  "aws_profile_name",
  "aws_bedrock_runtime_endpoint",
  "api_base",
  "api_key",
  "extra_headers",
  "model_id",
]);

/** Parts `litellm_params`. What LiteLLM does not know goes to the model there, and so it does here: it is a default. */
export function sorted(params: Readonly<Record<string, unknown>>, path: Path): Sorted {
  const result: Sorted = { access: {}, defaults: {}, faults: [], warnings: [] };
  for (const [name, value] of Object.entries(params)) {
    if (value === null || BASE_PROVIDER.has(name)) continue;
    const at = [...path, name];
    const about = (hint: string): Fault => ({ path: at, message: `'${pathName(at)}' ${hint}.` });
    if (Object.hasOwn(REFUSED, name)) result.faults.push(about(REFUSED[name]!));
    else if (Object.hasOwn(LEFT_OUT, name)) result.warnings.push(about(LEFT_OUT[name]!));
    else if (ACCESS.has(name)) result.access[name] = value;
    else result.defaults[name] = value;
  }
  return result;
}
