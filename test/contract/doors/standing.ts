import { expect } from "vitest";
import type { Door } from "../../support/doors/served.ts";
import { type Checks, post } from "./visit.ts";

/** A whole answer, a streamed one and a refusal. */
const answers = ({ baseURL, fetch }: Door): Promise<Response[]> =>
  Promise.all([
    fetch(`${baseURL}/chat/completions`, post({})),
    fetch(`${baseURL}/chat/completions`, post({ stream: true })),
    fetch(`${baseURL}/chat/completions`, post({ messages: [] })),
  ]);

export const STANDING: Checks = {
  "keeps the headers that the app had set, and adds its own": async ({ open }) => {
    const door = await open();
    const responses = await answers(door);
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 400]);
    for (const response of responses) {
      expect(response.headers.get("x-request-id")).toMatch(/^req_/);
      if (door.ownHeader) expect(response.headers.get(door.ownHeader)).toBe("kept");
      await response.text();
    }
  },

  "shows authorize the call as the framework has it": async ({ house, open }) => {
    const seen: [Request, unknown][] = [];
    const door = await open(
      house.withOptions({
        authorize: (request, context) => {
          seen.push([request, context]);
          return request.headers.get("x-user") === "ada";
        },
      }),
    );
    const ask = (user: string) =>
      door.fetch(`${door.baseURL}/chat/completions`, post({}, { headers: { "x-user": user } }));
    expect((await ask("bob")).status).toBe(401);
    const allowed = await ask("ada");
    expect(allowed.status).toBe(200);
    await allowed.text();
    expect(seen).toHaveLength(2);
    for (const [request, context] of seen) {
      expect([request.method, request.url]).toMatchObject([
        "POST",
        expect.stringMatching(/\/chat\/completions$/),
      ]);
      for (const name of door.context ?? []) expect(context).toHaveProperty(name, expect.anything());
    }
  },

  "answers HEAD without a body and OPTIONS with the methods": async ({ open }) => {
    const { baseURL, fetch } = await open();
    const head = await fetch(`${baseURL}/health`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect(head.headers.get("content-type")).toMatch(/^application\/json/);
    const options = await fetch(`${baseURL}/chat/completions`, { method: "OPTIONS" });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "POST, GET, OPTIONS"]);
    const wrong = await fetch(`${baseURL}/embeddings`);
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
    await wrong.text();
    expect((await fetch(`${baseURL}/health`)).status).toBe(200);
  },
};
