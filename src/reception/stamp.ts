import { isObject } from "../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../conversation/types.ts";
import { invalidRequest } from "../errors.ts";

type Metadata = Readonly<Record<string, string>>;

/** AWS's bound on `requestMetadata`. */
const MAX_PAIRS = 16;

/**
 * A request with the operator's own pairs in its `requestMetadata`. It says nothing of them itself, under no name: where
 * characters are replaced that AWS does not take, another key may become one of them, and the last one counts.
 * @throws BedrockOpenAIError 400 where they find no room.
 */
export function stamped(body: JsonObject, stamp: Metadata | undefined): JsonObject {
  if (!stamp || Object.keys(stamp).length === 0) return body;
  const { metadata, requestMetadata } = body;
  const kept = without(metadata, stamp);
  const said = without(requestMetadata, stamp);
  // What is no object is refused where the request is read.
  if (said != null && !isObject(said)) return body;
  const names = new Set([...namesIn(kept), ...namesIn(said)]);
  const room = MAX_PAIRS - Object.keys(stamp).length;
  if (names.size > room) throw tooMany(said == null ? "metadata" : "requestMetadata", names.size, room);
  return {
    ...body,
    ...(kept !== undefined && { metadata: kept }),
    requestMetadata: { ...(said as JsonObject | null | undefined), ...stamp },
  };
}

const without = (given: unknown, stamp: Metadata): unknown =>
  isObject(given)
    ? Object.fromEntries(Object.entries(given).filter(([name]) => !Object.hasOwn(stamp, name)))
    : given;

const namesIn = (given: unknown): string[] => (isObject(given) ? Object.keys(given) : []);

const tooMany = (param: string, count: number, room: number): Error =>
  invalidRequest(
    `Invalid '${param}': too many properties. Expected at most ${room}, since this server adds ${MAX_PAIRS - room} of its ` +
      `own, but got ${count} instead.`,
    { code: "object_above_max_properties", param },
  );
