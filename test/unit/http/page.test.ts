import { describe, expect, it } from "vitest";
import { pageOf, readPage } from "../../../src/http/page.ts";

const items = ["a", "b", "c", "d", "e"].map((id) => ({ id }));

const asked = (query: string): ReturnType<typeof readPage> =>
  readPage({ url: `http://bedrock/v1/list?${query}` });

const page = (query: string): [string, boolean] => {
  const { data, has_more } = pageOf(items, asked(query));
  return [data.map(({ id }) => id).join(""), has_more];
};

describe("a page of a list", () => {
  it.each<[string, [string, boolean]]>([
    ["", ["edcba", false]],
    ["order=asc", ["abcde", false]],
    ["limit=2", ["ed", true]],
    ["limit=2&after=d", ["cb", true]],
    ["limit=2&after=b", ["a", false]],
    ["limit=5&after=a", ["", false]],
    ["limit=2&order=asc&after=b", ["cd", true]],
    ["limit=5", ["edcba", false]],
    ["limit=2&before=b", ["dc", true]],
    ["limit=9&before=b", ["edc", false]],
    ["after=e&before=b", ["dc", false]],
    ["after=b&before=e", ["", false]],
  ])("of '%s' holds what is nearest, and says whether there is more", (query, expected) => {
    expect(page(query)).toEqual(expected);
  });

  it("names its first and its last, as texts also where there are none", () => {
    expect(pageOf(items, asked("limit=2"))).toMatchObject({ object: "list", first_id: "e", last_id: "d" });
    expect(pageOf([], asked(""))).toEqual({
      object: "list",
      data: [],
      first_id: "",
      last_id: "",
      has_more: false,
    });
  });

  it.each([
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["limit=1.5", "limit"],
    ["limit=", "limit"],
    ["limit=99999999999999999999", "limit"],
    ["order=up", "order"],
    ["after=x", "after"],
    ["before=x", "before"],
  ])("of '%s' is a 400 that names the parameter", (query, param) => {
    expect(() => page(query)).toThrow(expect.objectContaining({ status: 400, param }));
  });
});
