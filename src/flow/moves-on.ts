import { BedrockOpenAIError } from "../errors.ts";

/** Throttled, without access, not there, not in time; whatever is 500 or more is meant too. */
const STATUSES: ReadonlySet<number> = new Set([401, 403, 404, 408, 429]);

/** Refusals of a request that another model or place may take all the same. */
const CODES: ReadonlySet<string | null> = new Set(["context_length_exceeded", "inference_profile_required"]);

/** What somebody has to set right first. */
const LASTING: ReadonlySet<string | null> = new Set([
  "insufficient_quota",
  "aws_region_missing",
  "aws_region_invalid",
]);

/** Whether another target may do better: not where the fault is the caller's, or nobody has foreseen it. */
export const movesOn = (thrown: unknown): boolean =>
  BedrockOpenAIError.isInstance(thrown) &&
  (thrown.status >= 500 || STATUSES.has(thrown.status) || CODES.has(thrown.code));

/** Whether the same request may succeed later. */
export const mayPass = (thrown: unknown): thrown is BedrockOpenAIError =>
  BedrockOpenAIError.isInstance(thrown) &&
  (thrown.status >= 500 || thrown.status === 408 || thrown.status === 429) &&
  !LASTING.has(thrown.code);
