import type { IncomingMessage } from "node:http";
import { AwsError } from "../aws-error.ts";

const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** The whole body, which may not be larger than 64 MiB. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      throw new AwsError("RequestEntityTooLargeException", "Request is too large", { status: 413 });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
