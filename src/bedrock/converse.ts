import { parseExact } from "../conversation/exact-json.ts";
import type { Conversation, ConverseResponse, ConverseStreamEvent } from "../conversation/types.ts";
import { BedrockOpenAIError, invalidRequest } from "../errors.ts";
import type { Attachments } from "../http/attachments.ts";
import type { Clients } from "./clients.ts";
import type { Courier, Delivery, Operation } from "./courier.ts";
import { fromAwsError } from "./errors.ts";
import { findProfiles, quoted } from "./inference-profiles.ts";
import { toWireEvents, toWireJson } from "./sdk-output.ts";
import { readStreamEvents } from "./stream-events.ts";
import type { Target } from "./target.ts";
import { asWritten, toBytes } from "./to-bytes.ts";

/** Far above any answer of a model; a bound all the same. */
const MAX_RESPONSE_BYTES = 256 * 1024 * 1024;

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
  attachments: Attachments,
): AwsRequest => ({
  method: "POST",
  path: `/model/${encodeURIComponent(modelId)}/${PATHS[operation]}`,
  body: asWritten(bodyOf(operation, conversation), attachments),
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
  /** @param attachments The files that tokens stand for in the body. */
  converse(
    target: Target,
    body: Conversation,
    signal: AbortSignal,
    attachments: Attachments,
  ): Promise<Reply<ConverseResponse>>;
  /** Resolves with AWS's response headers; the events come grouped as they arrived. */
  converseStream(
    target: Target,
    body: Conversation,
    signal: AbortSignal,
    attachments: Attachments,
  ): Promise<Reply<AsyncIterable<ConverseStreamEvent[]>>>;
}

/** The Converse surface: the conversation goes as it is, the answer comes back as it is. */
export function createConverseSurface(courier: Courier, clients: Clients): Surface {
  const send = async (
    operation: Operation,
    { modelId }: Target,
    conversation: Conversation,
    signal: AbortSignal,
    attachments: Attachments,
  ): Promise<Delivery> => {
    try {
      const body = toBytes(bodyOf(operation, conversation), attachments);
      return await courier({ operation, modelId, body, signal });
    } catch (thrown) {
      throw await withProfiles(fromAwsError(thrown, modelId), modelId, clients);
    }
  };

  return {
    async converse(target, body, signal, attachments) {
      const { requestId, body: bytes, output } = await send("Converse", target, body, signal, attachments);
      try {
        const value: unknown = output ? toWireJson(output) : parseExact(await readText(bytes));
        return { requestId, value: withMessage(value, target.modelId) };
      } catch (thrown) {
        throw fromAwsError(thrown, target.modelId);
      }
    },
    async converseStream(target, body, signal, attachments) {
      const {
        requestId,
        body: bytes,
        output,
      } = await send("ConverseStream", target, body, signal, attachments);
      const value = output ? toWireEvents(output) : readStreamEvents(bytes, target.modelId);
      return { requestId, value };
    },
  };
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
