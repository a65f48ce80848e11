import { invalidRequest } from "../errors.ts";
import type { AwsParameters } from "../openai/aws-parameters.ts";
import type { Notes } from "./notes.ts";

/** AWS's bounds on `requestMetadata`; OpenAI's on `metadata` are as many pairs, and longer values. */
const MAX_PAIRS = 16;
const MAX_CHARS = 256;
const REFUSED = /[^a-zA-Z0-9\s:_@$#=/+,.-]/g;

/**
 * OpenAI's `metadata` and Bedrock's `requestMetadata`, which wins, as what AWS writes into its invocation logs; and who
 * asked, as far as there is room.
 * @throws BedrockOpenAIError 400 beyond 16 pairs.
 */
export function decodeMetadata(request: AwsParameters, notes: Notes): Record<string, string> {
  const { user, safety_identifier: safety, metadata, requestMetadata } = request;
  if (!user && !safety && !metadata && !requestMetadata) return {};
  const count = countOf(metadata ?? {}, requestMetadata ?? {});
  const param = requestMetadata ? "requestMetadata" : "metadata";
  if (count > MAX_PAIRS) {
    throw invalidRequest(
      `Invalid '${param}': too many properties. Expected at most ${MAX_PAIRS}, but got ${count} instead.`,
      { code: "object_above_max_properties", param },
    );
  }
  const given = { ...metadata, ...requestMetadata };
  const fitted = fitPairs(given);
  if (differs(fitted, given))
    notes.note(
      param,
      "clamped",
      "Bedrock takes keys and values of 256 characters, without most punctuation.",
    );
  return { ...whoAsked(request, MAX_PAIRS - count, notes), ...fitted };
}

/** Of both together, before they are put together: there may be hundreds of thousands. */
const countOf = (some: object, others: object): number =>
  Object.keys(some).length + Object.keys(others).filter((name) => !Object.hasOwn(some, name)).length;

function whoAsked(
  { user, safety_identifier }: AwsParameters,
  room: number,
  notes: Notes,
): Record<string, string> {
  const asked = Object.entries({ user, safety_identifier }).flatMap(([key, value]) =>
    value ? [[key, value] as const] : [],
  );
  for (const [key] of asked.slice(room))
    notes.note(key, "dropped", "There is no room left in requestMetadata.");
  const pairs = Object.fromEntries(asked.slice(0, room));
  const fitted = fitPairs(pairs);
  for (const [key, value] of Object.entries(pairs))
    if (fitted[key] !== value)
      notes.note(key, "emulated", "Bedrock's logs take it without most punctuation.");
  return fitted;
}

const fitPairs = (pairs: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(pairs)
      .map(([key, value]) => [fit(key), fit(value)] as const)
      .filter(([key]) => key !== ""),
  );

const differs = (fitted: object, given: object): boolean => JSON.stringify(fitted) !== JSON.stringify(given);

const fit = (text: string): string => text.slice(0, MAX_CHARS).replaceAll(REFUSED, "_");
