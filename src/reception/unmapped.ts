import type { Adjustment } from "../adjustments.ts";
import { droppedNotes } from "../conversation/dropped-notes.ts";
import type { JsonObject } from "../conversation/types.ts";
import type { Notes } from "./notes.ts";

/** Parameters that have no place on Bedrock, and what they are when they are not asked for. */
export type Unmapped = Readonly<Record<string, { reason: string; default?: unknown }>>;

/** Parameters of OpenAI's that have no place on Bedrock, whatever is asked for. */
export const UNMAPPED: Unmapped = {
  logit_bias: { reason: "Bedrock's models take no bias on tokens." },
  store: { reason: "Nothing is stored here.", default: false },
  verbosity: { reason: "Bedrock's models have no verbosity.", default: "medium" },
  prediction: { reason: "Bedrock predicts no outputs." },
  prompt_cache_key: { reason: "Bedrock finds cached prompts by their beginning." },
  moderation: { reason: "Bedrock moderates by guardrailConfig." },
  audio: { reason: "Bedrock's chat models do not speak." },
};

/** Parameters of clients and gateways that are not meant for the model; some hold secrets. */
const NOT_FOR_MODELS =
  /^(aws_|litellm_)|^(extra_body|api_key|api_base|api_version|base_url|organization|extra_headers|extra_query|headers|timeout|stream_timeout|num_retries|max_retries|drop_params|additional_drop_params|allowed_openai_params|modify_params|client_metadata|json_mode|stream_chunk_size|custom_llm_provider|mock_response|model_list|fallbacks|assistant_continue_message|bedrock_neutralize_orphaned_tool_blocks|reasoningSummary|reasoning_summary|reasoningEffort|textVerbosity|include_reasoning|provider|transforms|route|models|plugins|usage|tags|cache|no-log|proxy_server_request|guardrails|__proto__|constructor|prototype)$/;

/** Whatever the client that misplaced it calls it. */
const SECRET =
  /api[-_]?key|secret|access[-_]?key|session[-_]?token|password|authorization|credential|^(token|bearer)$/i;

const NOT_MEANT = "This parameter is not meant for the model.";

const isForModels = (name: string): boolean => !NOT_FOR_MODELS.test(name) && !SECRET.test(name);

/**
 * Names every parameter that is given but has no place in a conversation.
 * @param known Every parameter of the wire.
 */
export function noteUnplaced(
  request: Readonly<Record<string, unknown>>,
  unmapped: Unmapped,
  known: ReadonlySet<string>,
  notes: Notes,
): void {
  for (const [name, { reason, default: usual }] of Object.entries(unmapped)) {
    const value = request[name];
    if (value != null && value !== usual && !isEmpty(value)) notes.note(name, "dropped", reason);
  }
  const kept = Object.keys(request).filter(
    (name) => !known.has(name) && !isForModels(name) && request[name] != null,
  );
  for (const { param, action, reason } of droppedNotes(kept, NOT_MEANT)) notes.note(param, action, reason);
}

const isEmpty = (value: unknown): boolean =>
  typeof value === "object" && Object.keys(value as object).length === 0;

export interface ForModels {
  body: JsonObject;
  adjustments: readonly Adjustment[];
}

/**
 * A request without the parameters of clients and gateways that are not meant for the model.
 * @param known Every parameter of the wire.
 */
export function forModels(body: JsonObject, known: ReadonlySet<string>): ForModels {
  const isStranger = (name: string): boolean => !known.has(name) && !isForModels(name);
  const names = Object.keys(body);
  const strangers = names.filter(isStranger);
  if (strangers.length === 0) return { body, adjustments: [] };
  const given = strangers.filter((name) => body[name] != null);
  return {
    body: picked(
      body,
      names.filter((name) => !isStranger(name)),
    ),
    adjustments: droppedNotes(given, NOT_MEANT),
  };
}

/** Keys that neither OpenAI nor Bedrock knows: the model may. */
export const foreignIn = (
  request: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
): JsonObject =>
  picked(
    request,
    Object.keys(request).filter((name) => !known.has(name) && isForModels(name) && request[name] != null),
  );

/**
 * A loop, since a pair for each of hundreds of thousands of names costs more than what is picked. `__proto__`, which would not stay a
 * name, is for no model.
 */
function picked(from: Readonly<Record<string, unknown>>, names: readonly string[]): JsonObject {
  const found: JsonObject = {};
  for (const name of names) found[name] = from[name];
  return found;
}
