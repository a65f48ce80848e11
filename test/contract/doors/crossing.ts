import { expect } from "vitest";
import { type Checks, post } from "./visit.ts";

const APP = "https://app.example.com";

/** What browsers send before a page of another site may ask. */
const PREFLIGHT: RequestInit = {
  method: "OPTIONS",
  headers: {
    origin: APP,
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization,content-type,x-stainless-lang",
  },
};

export const CROSSING: Checks = {
  "lets pages of another site ask, and reads them no key for that": async ({ house, open }) => {
    const { baseURL, fetch } = await open(
      house.withOptions({ cors: { origins: [APP] }, apiKeys: ["sk-right"] }),
    );
    for (const path of ["/chat/completions", "/models", "/nowhere"]) {
      const { status, headers } = await fetch(`${baseURL}${path}`, PREFLIGHT);
      expect([path, status, headers.get("access-control-allow-origin")]).toEqual([path, 204, APP]);
      expect(headers.get("access-control-allow-headers")).toBe(
        "authorization, content-type, x-stainless-lang",
      );
    }
  },

  "lets the page read answers, streams and refusals, and nobody else's page": async ({ house, open }) => {
    const { baseURL, fetch } = await open(house.withOptions({ cors: { origins: [APP] } }));
    const asked = [{}, { stream: true }, { messages: [] }, { model: "nonsense" }];
    const ask = (origin: string) =>
      Promise.all(
        asked.map((body) => fetch(`${baseURL}/chat/completions`, post(body, { headers: { origin } }))),
      );
    const answers = await ask(APP);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 400, 404]);
    for (const { headers } of answers) {
      expect(headers.get("access-control-allow-origin")).toBe(APP);
      expect(headers.get("access-control-expose-headers")).toContain("x-request-id");
      expect(headers.get("vary")).toMatch(/\borigin\b/i);
    }
    const others = await ask("https://evil.example");
    expect(others.map(({ headers }) => headers.get("access-control-allow-origin"))).toEqual([
      null,
      null,
      null,
      null,
    ]);
    await Promise.all([...answers, ...others].map((answer) => answer.text()));
  },
};
