import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { DOORS, type Door } from "../../support/doors.ts";

/** What is kept is reached by every door: by GET, POST and DELETE, with ids in the path, with and without a body. */

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());

describe.each(Object.entries(DOORS))("%s", (_, open) => {
  let door: Door;
  beforeAll(async () => {
    door = await open(house.handler);
  });
  afterAll(() => door.close());

  const ask = async (
    method: string,
    path: string,
    body?: object,
  ): Promise<[number, Record<string, unknown>]> => {
    const response = await door.fetch(`${door.baseURL}${path}`, {
      method,
      headers: { authorization: "Bearer sk-anybody", ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return [response.status, (await response.json()) as Record<string, unknown>];
  };

  it("keeps a conversation and forgets it", async () => {
    const [status, { id }] = await ask("POST", "/conversations");
    expect(status).toBe(200);
    const item = { id: "msg of mine/1", role: "user", content: "Hello" };
    expect(await ask("POST", `/conversations/${id}/items`, { items: [item] })).toMatchObject([
      200,
      { has_more: false },
    ]);
    const place = `/conversations/${id}/items/${encodeURIComponent(item.id)}`;
    expect(await ask("GET", `/conversations/${id}/items?limit=1&order=asc`)).toMatchObject([
      200,
      { first_id: item.id },
    ]);
    expect(await ask("DELETE", place)).toMatchObject([200, { id }]);
    expect(await ask("DELETE", `/conversations/${id}`)).toMatchObject([200, { deleted: true }]);
    expect(await ask("GET", `/conversations/${id}`)).toMatchObject([404, {}]);
  });

  it("keeps a completion and forgets it", async () => {
    const messages = [{ role: "user", content: "Hello" }];
    const [, { id }] = await ask("POST", "/chat/completions", { model: NOVA, messages, store: true });
    expect(await ask("GET", `/chat/completions/${id}`)).toMatchObject([200, { id }]);
    expect(await ask("POST", `/chat/completions/${id}`, { metadata: { a: "b" } })).toMatchObject([
      200,
      { metadata: { a: "b" } },
    ]);
    expect(await ask("GET", "/chat/completions?metadata[a]=b")).toMatchObject([200, { data: [{ id }] }]);
    expect(await ask("GET", `/chat/completions/${id}/messages`)).toMatchObject([
      200,
      { data: [{ content: "Hello" }] },
    ]);
    expect(await ask("DELETE", `/chat/completions/${id}`)).toMatchObject([200, { id, deleted: true }]);
    expect(await ask("GET", `/chat/completions/${id}`)).toMatchObject([404, {}]);
  });
});
