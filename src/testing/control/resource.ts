import type { JsonObject } from "../../conversation/types.ts";
import { AwsError } from "../aws-error.ts";
import type { Answer, Call, Route } from "../call.ts";
import { readShape } from "../shapes/check-shape.ts";
import { structure } from "../shapes/shape.ts";
import type { Members, Shape } from "../shapes/shape.ts";
import { jsonOutcome } from "../wire/whole-outcome.ts";
import type { Filter } from "./filters.ts";
import { PAGE_MEMBERS, pageOf } from "./page.ts";
import { readQuery } from "./read-query.ts";

/** A kind of thing that the control plane lists and shows. */
export interface Resource {
  /** The word for one of them in AWS's messages. */
  noun: string;
  /** Everything that is known of each, summaries and details together. */
  all(region: string): JsonObject[];
  list?: Listing;
  get: Reading;
}

export interface Listing {
  operation: string;
  path: RegExp;
  /** The list's name in the answer. */
  member: string;
  /** The members of one summary. */
  summary: readonly string[];
  /** The request without its pages; a member whose filter is missing changes nothing. */
  query: Members;
  /** Member names by query names, where they differ. */
  names?: Record<string, string>;
  filters?: Record<string, Filter>;
  /** The member that `sortBy` and `sortOrder` sort by. */
  sorted?: string;
}

export interface Reading {
  operation: string;
  path: RegExp;
  /** The request's only member, which stands in the path. */
  identifier: [name: string, shape: Shape];
  /** The members whose values identify one. */
  keys: readonly string[];
  /** The members of the answer. */
  members: readonly string[];
  /** The member of the answer that wraps it all, where there is one. */
  wrapper?: string;
}

/** The routes of a resource: its listing and its reading. */
export function routesOf(resource: Resource): Route[] {
  const { list, get } = resource;
  const listing: Route[] = list
    ? [
        {
          operation: list.operation,
          method: "GET",
          path: list.path,
          serve: (call) => serveList(resource, list, call),
        },
      ]
    : [];
  return [
    ...listing,
    { operation: get.operation, method: "GET", path: get.path, serve: (call) => serveOne(resource, call) },
  ];
}

function serveList({ all }: Resource, list: Listing, { account, query }: Call): Answer {
  const wanted = readQuery(
    { members: { ...PAGE_MEMBERS, ...list.query }, ...(list.names && { names: list.names }) },
    query,
  );
  const kept = all(account.region).filter((item) =>
    Object.entries(wanted).every(([name, value]) => list.filters?.[name]?.(item, value) ?? true),
  );
  const { items, nextToken } = pageOf(sort(kept, list.sorted, wanted), wanted);
  const summaries = items.map((item) => pick(item, list.summary));
  return { outcome: jsonOutcome({ [list.member]: summaries, ...(nextToken && { nextToken }) }) };
}

function serveOne({ all, get, noun }: Resource, { account, modelId }: Call): Answer {
  const [name, shape] = get.identifier;
  readShape(structure({ [name]: shape }), { [name]: modelId });
  const found = all(account.region).find((item) => get.keys.some((key) => item[key] === modelId));
  if (!found) {
    throw new AwsError(
      "ResourceNotFoundException",
      `Could not resolve the ${noun} from the provided identifier: ${modelId}`,
    );
  }
  const answer = pick(found, get.members);
  return { outcome: jsonOutcome(get.wrapper ? { [get.wrapper]: answer } : answer) };
}

function sort(items: JsonObject[], member: string | undefined, wanted: JsonObject): JsonObject[] {
  if (member === undefined || !("sortBy" in wanted || "sortOrder" in wanted)) return items;
  const ascending = items.toSorted((one, other) => String(one[member]).localeCompare(String(other[member])));
  return wanted["sortOrder"] === "Ascending" ? ascending : ascending.toReversed();
}

function pick(item: JsonObject, members: readonly string[]): JsonObject {
  return Object.fromEntries(members.flatMap((name) => (name in item ? [[name, item[name]]] : [])));
}
