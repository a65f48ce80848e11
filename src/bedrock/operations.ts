import type { JsonObject } from "../conversation/types.ts";
import type { Attachments } from "../http/attachments.ts";
import { markUnshared } from "../http/unshared.ts";
import type { Courier } from "./courier/courier.ts";
import { decoded, readAnswer } from "./courier/read-text.ts";
import { asWritten, toBytes } from "./courier/to-bytes.ts";
import { fromAwsError } from "./errors/errors.ts";
import type { Place } from "./models/target.ts";
import type { Repeatable } from "./repeats.ts";
import type { AwsRequest } from "./surfaces/surface.ts";

/** One of AWS's operations that is no conversation: embeddings, images, rerank, guardrails. */
export interface OperationCall {
  /** What is called, and where; errors name it. */
  place: Pick<Place, "modelId" | "family" | "region" | "account">;
  /** Default: InvokeModel of the model. */
  to?: {
    host: "runtime" | "agentRuntime";
    /** As it stands on the request line: `/guardrail/abc123/version/1/apply`. */
    path: string;
  };
  headers?: Readonly<Record<string, string>>;
  body: JsonObject;
  /** The files that tokens stand for in the body. */
  attachments: Attachments;
}

export interface OperationAnswer {
  requestId: string | undefined;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** JSON, in the pieces that it came in. Whoever is through with them may give their memory back. */
  pieces: Uint8Array[];
  /** The same as text, put together when it is asked for. */
  readonly text: string;
}

/** @throws BedrockOpenAIError */
export interface Operations {
  /** The exact request that `operate` would send. */
  explainOperation(call: OperationCall): AwsRequest;
  operate(call: OperationCall, asking: Repeatable): Promise<OperationAnswer>;
}

/** A 200 that says nothing, which AWS's edge is known to send: `{}`, or no byte at all. */
export const isEmptyAnswer = ({ pieces }: OperationAnswer): boolean =>
  pieces.reduce((size, { length }) => size + length, 0) < 8 && /^\s*(\{\s*\})?\s*$/.test(decoded(pieces));

export function createOperations(courier: Courier): Operations {
  return {
    explainOperation: ({ place: { modelId }, to, headers, body, attachments }) => ({
      method: "POST",
      path: to?.path ?? `/model/${encodeURIComponent(modelId)}/invoke`,
      ...(headers && { headers }),
      body: asWritten(body, attachments),
    }),
    async operate(
      { place: { modelId, region, account }, to, headers, body, attachments },
      { signal, tries },
    ) {
      try {
        const delivery = await courier({
          operation: "InvokeModel",
          modelId,
          region,
          account,
          ...(to && { to: { ...to, method: "POST" } }),
          ...(headers && { headers }),
          body: toBytes(body, attachments),
          signal,
          tries,
        });
        const pieces = await readAnswer(delivery);
        const { requestId, headers: told, isUnshared } = delivery;
        if (isUnshared) markUnshared(pieces);
        return {
          requestId,
          headers: told,
          pieces,
          get text() {
            return decoded(pieces);
          },
        };
      } catch (thrown) {
        throw fromAwsError(thrown, modelId);
      }
    },
  };
}
