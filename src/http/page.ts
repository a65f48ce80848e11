import { invalidRequest } from "../errors.ts";

/** What of a list is asked for. */
export interface PageAsked {
  /** At most so many. */
  limit: number;
  order: "asc" | "desc";
  /** Those behind the one of this id, in this order. */
  after: string | undefined;
  /** Those before it. */
  before: string | undefined;
}

/** A page as OpenAI tells it. */
export interface Page<T> {
  object: "list";
  data: T[];
  /** Of an empty page they are empty too: OpenAI's schema knows no null here. */
  first_id: string;
  last_id: string;
  has_more: boolean;
}

const MAX_LIMIT = 100;

/**
 * Reads `limit` (1–100, default 20), `order`, `after` and `before` of a URL.
 * @param order The list's own.
 * @throws BedrockOpenAIError 400 for what none of them can be.
 */
export function readPage({ url }: Pick<Request, "url">, order: PageAsked["order"] = "desc"): PageAsked {
  const query = new URL(url).searchParams;
  return {
    limit: limitOf(query.get("limit")),
    order: orderOf(query.get("order")) ?? order,
    after: query.get("after") ?? undefined,
    before: query.get("before") ?? undefined,
  };
}

function limitOf(said: string | null): number {
  if (said === null) return 20;
  const limit = /^\d{1,9}$/.test(said) ? Number(said) : Number.NaN;
  if (limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw invalidRequest(
    `Invalid 'limit': expected a whole number from 1 to ${MAX_LIMIT}, but got '${said.slice(0, 50)}' instead.`,
    { code: "invalid_value", param: "limit" },
  );
}

function orderOf(said: string | null): PageAsked["order"] | undefined {
  if (said === null || said === "asc" || said === "desc") return said ?? undefined;
  throw invalidRequest(`Invalid value: '${said.slice(0, 50)}'. Supported values are: 'asc' and 'desc'.`, {
    code: "invalid_value",
    param: "order",
  });
}

/**
 * A page of a list.
 * @param all Oldest first.
 * @throws BedrockOpenAIError 400 where `after` or `before` names what is not in the list.
 */
export function pageOf<T extends { id: string }>(all: readonly T[], asked: PageAsked): Page<T> {
  const ordered = asked.order === "asc" ? all : all.toReversed();
  const from = asked.after === undefined ? 0 : placeOf(asked.after, ordered, "after") + 1;
  const to = asked.before === undefined ? ordered.length : placeOf(asked.before, ordered, "before");
  const left = ordered.slice(from, to);
  // Whoever goes back wants what is nearest.
  const goesBack = asked.before !== undefined && asked.after === undefined;
  const data = goesBack ? left.slice(-asked.limit) : left.slice(0, asked.limit);
  return toPage(data, left.length > data.length);
}

/** What was found of a list, as its page. */
export const toPage = <T extends { id: string }>(data: T[], hasMore: boolean): Page<T> => ({
  object: "list",
  data,
  first_id: data[0]?.id ?? "",
  last_id: data.at(-1)?.id ?? "",
  has_more: hasMore,
});

/** @throws BedrockOpenAIError 400 where there is no such thing in the list. */
export function placeOf(id: string, list: readonly { id: string }[], param: string): number {
  const place = list.findIndex((each) => each.id === id);
  if (place >= 0) return place;
  throw invalidRequest(`Invalid '${param}': there is no '${id.slice(0, 200)}' in this list.`, {
    code: "invalid_value",
    param,
  });
}
