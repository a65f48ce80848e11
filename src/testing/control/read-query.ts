import { AwsError } from "../aws-error.ts";
import type { JsonObject } from "../../conversation/types.ts";
import { readShape } from "../shapes/check-shape.ts";
import { structure } from "../shapes/shape.ts";
import type { Members, Shape } from "../shapes/shape.ts";

/** What a listing may be asked: each member of the request beside its name in the query, where that differs. */
export interface QueryShape {
  members: Members;
  /** Member names by query names. */
  names?: Record<string, string>;
}

/** The query of a listing, by member names; throws what AWS throws for broken constraints. */
export function readQuery({ members, names = {} }: QueryShape, query: Record<string, string>): JsonObject {
  const given = Object.entries(query).map(([name, text]) => {
    const member = names[name] ?? name;
    return [member, parse(members[member], text)];
  });
  return readShape(structure({}, members), Object.fromEntries(given)) as JsonObject;
}

/** Milliseconds since 1970 of a timestamp in a query. */
export function readInstant(text: string): number {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new AwsError("SerializationException", `Unable to parse date: ${text}`);
  return instant;
}

function parse(shape: Shape | undefined, text: string): unknown {
  if (shape?.kind === "integer" && /^-?\d*$/.test(text)) return Number(text);
  if (shape?.kind === "boolean" && /^(true|false)$/.test(text)) return text === "true";
  return text;
}
