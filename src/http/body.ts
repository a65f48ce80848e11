import { BedrockOpenAIError } from "../errors.ts";

export interface BodyLimits {
  /** Bytes. */
  maxBytes: number;
  /** Milliseconds without a byte before the body counts as abandoned. */
  idleMs: number;
}

/**
 * The whole request body, never more than `maxBytes` of it in memory.
 * @throws BedrockOpenAIError 413 beyond the bound, 408 when the sender stalls.
 */
export async function readBody(request: Request, limits: BodyLimits): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length")) > limits.maxBytes) {
    void request.body?.cancel().catch(() => undefined);
    throw tooLarge(limits.maxBytes);
  }
  if (!request.body) return new Uint8Array();
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await within(limits.idleMs, reader.read());
      if (done) return chunks.length === 1 ? chunks[0]! : join(chunks, size);
      size += value.byteLength;
      if (size > limits.maxBytes) throw tooLarge(limits.maxBytes);
      chunks.push(value);
    }
  } catch (error) {
    // Not awaited: a sender that never ends may never acknowledge the cancel either.
    void reader.cancel(error).catch(() => undefined);
    throw error;
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(stalled(ms)), ms);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function join(chunks: Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}

const tooLarge = (maxBytes: number): BedrockOpenAIError =>
  new BedrockOpenAIError(413, `Maximum content size limit (${maxBytes}) exceeded.`, {
    type: "invalid_request_error",
    code: "request_too_large",
  });

const stalled = (ms: number): BedrockOpenAIError =>
  new BedrockOpenAIError(408, `The request body did not arrive: no byte for ${ms} ms.`, {
    type: "invalid_request_error",
    code: "request_timeout",
  });
