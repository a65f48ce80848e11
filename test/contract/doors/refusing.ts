import { expect } from "vitest";
import { type Checks, post, slowly } from "./visit.ts";

const MIB = 1024 * 1024;
const TOO_LARGE = [413, { error: { code: "request_too_large" } }];
const json = async (response: Response): Promise<unknown[]> => [response.status, await response.json()];

export const REFUSING: Checks = {
  "carries a body near the bound, and refuses one beyond it": async ({ house, open }) => {
    const { baseURL, fetch } = await open(house.withOptions({ maxBodyBytes: 6 * MIB }));
    const ask = (bytes: number) =>
      fetch(
        `${baseURL}/chat/completions`,
        post({ messages: [{ role: "user", content: "x".repeat(bytes) }] }),
      );
    const fits = await ask(5 * MIB);
    expect(fits.status).toBe(200);
    await fits.text();
    expect(await json(await ask(7 * MIB))).toMatchObject(TOO_LARGE);
  },

  "lets who is still sending read why it was refused": async ({ house, open }) => {
    const { baseURL, fetch } = await open(house.withOptions({ maxBodyBytes: MIB }));
    expect(await json(await fetch(`${baseURL}/chat/completions`, slowly(5 * MIB)))).toMatchObject(TOO_LARGE);
    expect((await fetch(`${baseURL}/health`)).status).toBe(200);
    expect(house.bedrock.requests).toEqual([]);
  },

  "says not found in JSON without reading the body, and goes on": async ({ open }) => {
    const { baseURL, fetch } = await open();
    for (let round = 0; round < 3; round += 1) {
      const response = await fetch(`${baseURL}/nowhere`, post({ user: "x".repeat(MIB) }));
      expect(await json(response)).toMatchObject([404, { error: { code: "unknown_url" } }]);
      expect((await fetch(`${baseURL}/health`)).status).toBe(200);
    }
  },

  "turns away who may not call, without reading the body, and goes on": async ({ house, open }) => {
    const { baseURL, fetch } = await open(house.withOptions({ apiKeys: ["sk-right"] }));
    const ask = (key: string) =>
      fetch(
        `${baseURL}/chat/completions`,
        post({ user: "x".repeat(MIB) }, { headers: { authorization: `Bearer ${key}` } }),
      );
    for (let round = 0; round < 3; round += 1) {
      expect(await json(await ask("sk-wrong"))).toMatchObject([401, { error: { code: "invalid_api_key" } }]);
      const allowed = await ask("sk-right");
      expect(allowed.status).toBe(200);
      await allowed.text();
    }
    expect(house.bedrock.requests).toHaveLength(3);
  },

  "names the parameter that is wrong": async ({ open }) => {
    const { baseURL, fetch } = await open();
    const response = await fetch(`${baseURL}/chat/completions`, post({ messages: [] }));
    expect(await json(response)).toMatchObject([400, { error: { param: "messages" } }]);
  },
};
