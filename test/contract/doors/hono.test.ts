import type { Context } from "hono";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { validator } from "hono/validator";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bedrockOpenAI } from "../../../adapters/hono.ts";
import { CLAUDE, type House, openHouse } from "../../support/bedrock.ts";
import { PNG } from "../../support/clients.ts";
import { chatRequest } from "../../support/requests.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.reset());
afterAll(() => house.bedrock.close());

const answered = async (app: Hono, request = chatRequest({ model: CLAUDE })) => {
  const response = await app.request(request);
  return [response.status, await response.json()];
};

describe("a body that middleware has read before", () => {
  it.each<[string, (app: Hono) => unknown]>([
    ["c.req.json()", (app) => app.use(async (c, next) => void (await c.req.json(), await next()))],
    ["c.req.text()", (app) => app.use(async (c, next) => void (await c.req.text(), await next()))],
    ["a validator", (app) => app.use(validator("json", (value) => value))],
    ["bodyLimit()", (app) => app.use(bodyLimit({ maxSize: 1_000 }))],
  ])("by %s is still whole", async (_, use) => {
    const app = new Hono();
    use(app);
    app.all("/v1/*", bedrockOpenAI(house.handler));
    expect(await answered(app)).toMatchObject([200, { choices: [{ message: { role: "assistant" } }] }]);
  });

  it("as a form keeps its files", async () => {
    const form = new FormData();
    form.set("model", "amazon.nova-canvas-v1:0");
    form.set("prompt", "wider");
    form.set("image", new File([Buffer.from(PNG, "base64")], "a.png", { type: "image/png" }));
    const edit = () => new Request("http://x/v1/images/edits", { method: "POST", body: form });
    const untouched = new Hono().all("/v1/*", bedrockOpenAI(house.handler));
    const app = new Hono();
    app.use(async (c, next) => void (await c.req.parseBody(), await next()));
    app.all("/v1/*", bedrockOpenAI(house.handler));
    expect(await answered(app, edit())).toEqual(await answered(untouched, edit()));
    expect(house.bedrock.requests.at(-1)?.body ?? {}).toEqual(house.bedrock.requests.at(-2)?.body ?? {});
  });

  it("past Hono is an error of the app's, not a hang", async () => {
    const app = new Hono();
    app.use(async (c, next) => void (await c.req.raw.text(), await next()));
    app.onError((error, c) => c.text(`app: ${error.name}`, 500));
    app.all("/v1/*", bedrockOpenAI(house.handler));
    expect(await (await app.request(chatRequest({ model: CLAUDE }))).text()).toBe("app: TypeError");
  });
});

it("keeps the headers of the app's middleware, and hands Hono's context to authorize", async () => {
  let user: unknown;
  const authorize = (_: Request, c: unknown) => ((user = (c as Context).get("user")), true);
  const app = new Hono<{ Variables: { user: string } }>();
  app.use(async (c, next) => {
    c.set("user", "ada");
    c.header("x-own", "before");
    await next();
    c.header("x-after", "after");
  });
  app.all("/v1/*", bedrockOpenAI(house.withOptions({ authorize })));
  const response = await app.request(chatRequest({ model: CLAUDE }));
  expect([response.status, response.headers.get("x-own"), response.headers.get("x-after")]).toEqual([
    200,
    "before",
    "after",
  ]);
  expect(response.headers.get("x-request-id")).toMatch(/^req_/);
  expect(user).toBe("ada");
});
