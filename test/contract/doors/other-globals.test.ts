import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type House, openHouse } from "../../support/bedrock.ts";
import { DOORS } from "../../support/doors.ts";
import { clientOf, post, QUESTION, visit } from "./visit.ts";

let house: House;
beforeAll(async () => {
  const before = globalThis.Response;
  getRequestListener(() => new Response());
  expect(globalThis.Response).not.toBe(before);
  house = await openHouse();
});
afterAll(() => house.bedrock.close());

describe.each(Object.keys(DOORS))("%s, where @hono/node-server has replaced Request and Response", (name) => {
  it("still says what its answers are", async () => {
    await visit(name, house, async ({ open }) => {
      const door = await open();
      expect((await clientOf(door).chat.completions.create(QUESTION)).choices).toHaveLength(1);
      const types = [{}, { stream: true }, { messages: [] }].map(async (body) => {
        const { headers } = await door.fetch(`${door.baseURL}/chat/completions`, post(body));
        return headers.get("content-type");
      });
      expect(await Promise.all(types)).toEqual([
        "application/json",
        "text/event-stream; charset=utf-8",
        "application/json",
      ]);
    });
  });
});
