import type { Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CLAUDE, type House, openHouse } from "../../support/bedrock.ts";
import { type Front, startFront } from "../../support/network/front.ts";
import { chatRequest } from "../../support/requests.ts";

let house: House;
let front: Front | undefined;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await front?.close();
  await house.bedrock.close();
});

/** Closes connections that have served before, when they are used again: AWS had let go of them meanwhile. */
const afterServing = (piece: number): boolean => piece > 0;

describe("a kept connection that AWS has closed meanwhile", () => {
  it.each([
    ["reset", false, (socket: Socket) => void socket.resetAndDestroy()],
    ["ended", false, (socket: Socket) => void socket.destroy()],
    ["reset, for a stream", true, (socket: Socket) => void socket.resetAndDestroy()],
  ])("costs nobody a call, though nothing is to be repeated: %s", async (_, stream, how) => {
    front = await startFront(house.bedrock.url, afterServing, how);
    const handler = house.withOptions({ endpoint: front.url, retries: 0 });
    for (const turn of [1, 2, 3]) {
      const response = await handler(chatRequest({ model: CLAUDE, stream }));
      expect([turn, response.status]).toEqual([turn, 200]);
      expect(await response.text()).toContain(stream ? "[DONE]" : "choices");
    }
    expect(house.bedrock.requests).toHaveLength(3);
  });

  it("is left where another one is closed too: one repeat, no more", async () => {
    front = await startFront(house.bedrock.url, (piece, connection) => piece > 0 || connection > 0);
    const handler = house.withOptions({ endpoint: front.url, retries: 0 });
    await (await handler(chatRequest({ model: CLAUDE }))).text();
    const response = await handler(chatRequest({ model: CLAUDE }));
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: "bedrock_unreachable" } });
    expect({ connections: front.connections(), asked: house.bedrock.requests.length }).toEqual({
      connections: 2,
      asked: 1,
    });
  });
});

it("a new connection that is closed is no stale one: nothing is sent a second time", async () => {
  front = await startFront(house.bedrock.url, () => true);
  const handler = house.withOptions({ endpoint: front.url, retries: 0 });
  expect((await handler(chatRequest({ model: CLAUDE }))).status).toBe(503);
  expect(front.connections()).toBe(1);
});
