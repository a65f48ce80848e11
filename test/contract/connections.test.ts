import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CLAUDE, type House, openHouse } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

describe("a warm client opens no new connection", () => {
  it.each([false, true])("for a hundred calls one after another (stream: %s)", async (stream) => {
    const call = async (): Promise<void> => {
      const response = await house.handler(chatRequest({ model: CLAUDE, stream }));
      expect(response.status).toBe(200);
      await response.text();
    };
    await call();
    const warm = house.bedrock.connections;
    for (let index = 0; index < 100; index += 1) await call();
    expect(house.bedrock.connections - warm).toBe(0);
  });

  it("for callers at once no more than there are callers", async () => {
    const calls = Array.from({ length: 20 }, async () =>
      (await house.handler(chatRequest({ model: CLAUDE, stream: true }))).text(),
    );
    await Promise.all(calls);
    expect(house.bedrock.connections).toBeLessThanOrEqual(20);
  });
});
