import { afterEach, expect, it } from "vitest";
import { type Example, startExample } from "../../support/example.ts";

let example: Example;
afterEach(() => example.stop());

it("the Hono app answers beside its own routes", async () => {
  example = startExample("examples/hono/app.ts");
  const baseURL = await example.printed(/http:\/\/127\.0\.0\.1:\d+\/v1/);
  expect(example.output()).toContain("EMULATOR");
  const response = await fetch(`${baseURL}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      model: "amazon.nova-pro-v1:0",
      messages: [{ role: "user", content: "Anybody there?" }],
    }),
  });
  expect(await response.text()).toContain("Anybody there?");
  expect(await (await fetch(baseURL.replace("/v1", "/"))).text()).toContain("own routes");
});
