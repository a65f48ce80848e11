import type { JsonObject } from "../../conversation/types.ts";
import { validationError } from "../aws-error.ts";
import { integer, string } from "../shapes/shape.ts";
import type { Members } from "../shapes/shape.ts";

/** Small, so that clients that do not paginate are caught. */
const DEFAULT_PAGE = 25;

/** The members of a request that turn pages; the same for every listing of the service model. */
export const PAGE_MEMBERS: Members = {
  maxResults: integer({ min: 1, max: 1000 }),
  nextToken: string({ min: 1, max: 2048, pattern: "\\S*" }),
};

export interface Page<T> {
  items: T[];
  nextToken?: string;
}

/** The page that `maxResults` (default 25) and `nextToken` ask for. */
export function pageOf<T>(items: readonly T[], { maxResults, nextToken }: JsonObject): Page<T> {
  const start = typeof nextToken === "string" ? readToken(nextToken) : 0;
  const end = start + Number(maxResults ?? DEFAULT_PAGE);
  return { items: items.slice(start, end), ...(end < items.length && { nextToken: writeToken(end) }) };
}

function writeToken(offset: number): string {
  return Buffer.from(`from:${offset}`).toString("base64url");
}

function readToken(token: string): number {
  const offset = /^from:(\d+)$/.exec(Buffer.from(token, "base64url").toString())?.[1];
  if (offset === undefined) throw validationError("The provided next token is invalid.");
  return Number(offset);
}
