import type { Conversation, ConverseResponse, ConverseStreamEvent } from "../conversation/types.ts";
import { BedrockOpenAIError, invalidRequest } from "../errors.ts";
import type { Clients } from "./clients.ts";
import type { Courier, Delivery, Operation } from "./courier.ts";
import { fromAwsError } from "./errors.ts";
import { findProfiles, quoted } from "./inference-profiles.ts";
import { toWireEvents, toWireJson } from "./sdk-output.ts";
import { readStreamEvents } from "./stream-events.ts";
import type { Target } from "./target.ts";

/** Far above any answer of a model; a bound all the same. */
const MAX_RESPONSE_BYTES = 256 * 1024 * 1024;

const encoder = new TextEncoder();

/** An exact AWS request, as the courier would send it. */
export interface AwsRequest {
  method: "POST";
  path: string;
  body: Conversation;
}

const PATHS: Record<Operation, string> = { Converse: "converse", ConverseStream: "converse-stream" };

export const toAwsRequest = (
  operation: Operation,
  { modelId }: Target,
  conversation: Conversation,
): AwsRequest => ({
  method: "POST",
  path: `/model/${encodeURIComponent(modelId)}/${PATHS[operation]}`,
  body: bodyOf(operation, conversation),
});

/** How a guardrail works on a stream is a word that only ConverseStream knows. */
function bodyOf(operation: Operation, conversation: Conversation): Conversation {
  const { streamProcessingMode: mode, ...guardrailConfig } = conversation.guardrailConfig ?? {};
  return mode === undefined || operation === "ConverseStream"
    ? conversation
    : { ...conversation, guardrailConfig };
}

export interface Reply<T> {
  requestId: string | undefined;
  value: T;
}

/** @throws BedrockOpenAIError from every method, and while events are read. */
export interface Surface {
  converse(target: Target, body: Conversation, signal: AbortSignal): Promise<Reply<ConverseResponse>>;
  /** Resolves with AWS's response headers; the events come grouped as they arrived. */
  converseStream(
    target: Target,
    body: Conversation,
    signal: AbortSignal,
  ): Promise<Reply<AsyncIterable<ConverseStreamEvent[]>>>;
}

/** The Converse surface: the conversation goes as it is, the answer comes back as it is. */
export function createConverseSurface(courier: Courier, clients: Clients): Surface {
  const send = async (
    operation: Operation,
    { modelId }: Target,
    body: Conversation,
    signal: AbortSignal,
  ): Promise<Delivery> => {
    try {
      return await courier({ operation, modelId, body: toBytes(bodyOf(operation, body)), signal });
    } catch (thrown) {
      throw await withProfiles(fromAwsError(thrown, modelId), modelId, clients);
    }
  };

  return {
    async converse(target, body, signal) {
      const { requestId, body: bytes, output } = await send("Converse", target, body, signal);
      try {
        const value: unknown = output ? toWireJson(output) : JSON.parse(await readText(bytes));
        return { requestId, value: withMessage(value, target.modelId) };
      } catch (thrown) {
        throw fromAwsError(thrown, target.modelId);
      }
    },
    async converseStream(target, body, signal) {
      const { requestId, body: bytes, output } = await send("ConverseStream", target, body, signal);
      const value = output ? toWireEvents(output) : readStreamEvents(bytes, target.modelId);
      return { requestId, value };
    },
  };
}

/** An escaped half of a surrogate pair, after an even number of backslashes. */
const LONE_SURROGATE = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

/** JSON as AWS reads it: halves of a character, which models refuse, become the replacement character. */
function toBytes(body: Conversation): Uint8Array {
  const json = JSON.stringify(body);
  return encoder.encode(json.includes("\\ud") ? json.replaceAll(LONE_SURROGATE, "$1\ufffd") : json);
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_RESPONSE_BYTES) throw new Error("Bedrock's answer is larger than any model's.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** A 200 without an answer is a failure, however well formed. */
function withMessage(value: unknown, model: string): ConverseResponse {
  const response = value as Partial<ConverseResponse> | null;
  if (response?.output?.message?.content) return response as ConverseResponse;
  throw new BedrockOpenAIError(502, `Bedrock returned no message for the model '${model}'.`, {
    type: "server_error",
    code: "empty_response",
  });
}

/** Names the profiles that exist, where AWS wants one and will tell. */
async function withProfiles(
  error: BedrockOpenAIError,
  modelId: string,
  clients: Clients,
): Promise<BedrockOpenAIError> {
  if (error.code !== "inference_profile_required") return error;
  const profiles = await findProfiles(clients.control, modelId);
  if (profiles.length === 0) return error;
  return invalidRequest(
    `'${modelId}' cannot be called by its base id; Bedrock serves it through an inference profile. ` +
      `Use ${quoted(profiles)}.`,
    { code: error.code, param: error.param, headers: error.headers, cause: error.cause },
  );
}
