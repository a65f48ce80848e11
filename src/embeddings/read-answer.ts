import type { OperationAnswer } from "../bedrock/operations.ts";
import { redact } from "../bedrock/errors/redact.ts";
import { isObject } from "../conversation/json-schema/is-object.ts";
import { BedrockOpenAIError } from "../errors.ts";
import { join, type Joined } from "../http/join.ts";
import { giveBack } from "../http/unshared.ts";
import type { EmbeddingFamily, Settings } from "./family.ts";
import { liftVectors } from "./lift-vectors.ts";
import type { Reading } from "./reading.ts";

/** Where the body does not tell it. Source: AWS's responses; the service model does not name it. */
const TOKEN_COUNT = "x-amzn-bedrock-input-token-count";

/** What one call embedded. */
export interface Answer<Vector> {
  /** One for each input, in their order. */
  vectors: Vector[];
  tokens: number;
}

/**
 * @param count Inputs of the call.
 * @throws BedrockOpenAIError 502 for a 200 without a vector for each input.
 */
export function readAnswer<Vector>(
  { pieces, headers }: OperationAnswer,
  family: EmbeddingFamily,
  settings: Settings,
  { count, model, reading }: { count: number; model: string; reading: Reading<Vector> },
): Answer<Vector> {
  const whole = reading.keepsDigits ? undefined : joined(pieces);
  const { value, vectors: lists } = orIncomplete(() => liftVectors(whole ? [whole.bytes] : pieces), model);
  const { vectors: found, tokens } = family.read(isObject(value) ? value : {}, settings);
  const vectors = found.flatMap((index) => (typeof index === "number" && lists[index] ? [lists[index]] : []));
  if (found.length !== count || vectors.length !== count) throw incomplete(model, refusalIn(value, model));
  const read = orIncomplete(() => vectors.map(reading.read), model);
  whole?.release();
  return {
    vectors: read,
    tokens: [tokens, Number(headers[TOKEN_COUNT] ?? Number.NaN)].find(isCount) ?? 0,
  };
}

/** Together, without the memory that they came in. */
function joined(pieces: Uint8Array[]): Joined {
  const came = [...pieces];
  const whole = join(pieces);
  if (came.length > 1) giveBack(came);
  return whole;
}

function orIncomplete<T>(read: () => T, model: string): T {
  try {
    return read();
  } catch (cause) {
    throw incomplete(model, "", cause);
  }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** Titan tells of a failure in a 200. */
const refusalIn = (value: unknown, model: string): string =>
  isObject(value) && typeof value["message"] === "string"
    ? ` It said: ${redact(value["message"], model).slice(0, 500)}`
    : "";

const incomplete = (model: string, said: string, cause?: unknown): BedrockOpenAIError =>
  new BedrockOpenAIError(
    502,
    `Bedrock did not return an embedding of every input for the model '${model}'.${said}`,
    {
      type: "server_error",
      code: "empty_response",
      cause,
    },
  );
