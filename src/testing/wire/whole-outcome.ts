import { AwsError } from "../aws-error.ts";
import type { Outcome } from "./deliver.ts";

/** A body sent in one piece, with its length. */
function wholeOutcome(status: number, headers: Record<string, string>, body: string): Outcome {
  const bytes = Buffer.from(body);
  return {
    status,
    headers: { ...headers, "content-length": String(bytes.length) },
    chunks: [bytes],
    ending: "end",
  };
}

export function jsonOutcome(value: unknown, headers: Record<string, string> = {}): Outcome {
  return wholeOutcome(200, { "content-type": "application/json", ...headers }, JSON.stringify(value));
}

/** The outcome of a thrown error; what is not an AWS error is a bug of the emulator and says so. */
export function errorOutcome(error: unknown): Outcome {
  const refusal =
    error instanceof AwsError ? error : new AwsError("InternalServerException", `emulator: ${String(error)}`);
  return wholeOutcome(refusal.status, refusal.headers, refusal.body);
}
