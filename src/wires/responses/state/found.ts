import type { CallContext } from "../../../context.ts";
import { responseNotFound } from "./not-found.ts";
import { type StoredResponse, type StoredResponses, storedResponses } from "./stored-response.ts";

/** A response that the caller keeps, and those it is among. @throws BedrockOpenAIError 404 where it keeps no such response; 503. */
export async function found(
  context: CallContext,
  id: string,
): Promise<{ responses: StoredResponses; stored: StoredResponse }> {
  const responses = await storedResponses(context);
  const stored = await responses?.find(id);
  if (!responses || !stored) throw responseNotFound(id);
  return { responses, stored };
}
