import { createServer, type RequestListener } from "node:http";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { bedrockOpenAI, type NextContext } from "../../../adapters/next.ts";
import { bedrockOpenAI as apiRoute } from "../../../adapters/next-pages.ts";
import { CLAUDE, type House, openHouse } from "../../support/bedrock.ts";
import { NEXT_DOORS } from "../../support/doors/next.ts";
import { listening } from "../../support/doors/served.ts";
import { chatRequest } from "../../support/requests.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.reset());
afterAll(() => house.bedrock.close());

const JSON_HEADERS = { "content-type": "application/json" };
const BODY = JSON.stringify({ model: CLAUDE, messages: [{ role: "user", content: "Hello" }] });

it("the App Router's params reach authorize", async () => {
  let path: unknown;
  const authorize = async (_: Request, context: unknown) => {
    ({ path } = await (context as NextContext).params);
    return true;
  };
  const { POST } = bedrockOpenAI(house.withOptions({ authorize }));
  const response = await POST(chatRequest({ model: CLAUDE }), {
    params: Promise.resolve({ path: ["chat", "completions"] }),
  });
  expect([response.status, path]).toEqual([200, ["chat", "completions"]]);
});

it("the Pages Router's req and res reach authorize, with what the app put on them", async () => {
  const authorize = (_: Request, context: unknown) => {
    const { req, res } = context as { req: { user?: string }; res: { statusCode: number } };
    return req.user === "ada" && res.statusCode === 200;
  };
  const route = apiRoute(house.withOptions({ authorize }));
  const listener: RequestListener = (req, res) => void route(Object.assign(req, { user: "ada" }), res);
  const door = await listening(createServer(listener));
  const response = await door.fetch(`${door.baseURL}/chat/completions`, {
    method: "POST",
    headers: JSON_HEADERS,
    body: BODY,
  });
  expect(response.status).toBe(200);
  await door.close();
});

it("an API route is over when its answer is, so that Next does not take it for a forgotten one", async () => {
  const route = apiRoute(house.handler);
  const ended: boolean[] = [];
  const door = await listening(
    createServer((req, res) => void route(req, res).then(() => ended.push(res.writableEnded))),
  );
  const response = await door.fetch(`${door.baseURL}/chat/completions`, {
    method: "POST",
    headers: JSON_HEADERS,
    body: BODY,
  });
  await response.text();
  await door.close();
  expect(ended).toEqual([true]);
});

it("an upload that Next's body parser made text of is refused, not sent on spoilt", async () => {
  const door = await NEXT_DOORS["Next pages after Next's body parser"]!(house.handler);
  const form = new FormData();
  form.set("model", "amazon.nova-canvas-v1:0");
  form.set("prompt", "wider");
  form.set(
    "image",
    new Blob([new Uint8Array([0x89, 0x50, 0xff, 0xfe, 0x00])], { type: "image/png" }),
    "a.png",
  );
  const response = await door.fetch(`${door.baseURL}/images/edits`, { method: "POST", body: form });
  expect(response.status).toBe(400);
  expect(house.bedrock.requests).toEqual([]);
  await door.close();
});
