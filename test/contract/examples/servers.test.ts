import { afterEach, describe, expect, it } from "vitest";
import { eventually } from "../../support/bedrock.ts";
import { type Example, startExample } from "../../support/example.ts";

let example: Example;
afterEach(() => example.stop());

const BASE_URL = /http:\/\/127\.0\.0\.1:\d+\/v1/;

async function ask(baseURL: string, request: { model?: string; stream?: boolean } = {}): Promise<string> {
  const response = await fetch(`${baseURL}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      model: "us.amazon.nova-pro-v1:0",
      messages: [{ role: "user", content: "Anybody there?" }],
      ...request,
    }),
  });
  expect(response.status).toBe(200);
  return response.text();
}

describe("an app of the examples", () => {
  it.each(["express", "fastify", "hono", "koa", "node"])(
    "of %s answers and streams beside its own routes, and says that it is the emulator",
    async (name) => {
      example = startExample(`examples/${name}/app.ts`);
      const baseURL = await example.printed(BASE_URL);
      expect(example.output()).toContain("EMULATOR: no AWS region and credentials were found");
      expect(await ask(baseURL)).toContain("Anybody there?");
      expect(await ask(baseURL, { stream: true })).toContain("data: [DONE]");
      expect(await (await fetch(new URL("/", baseURL))).text()).toMatch(/own routes|go on as before/);
    },
  );

  it("of several accounts has each tenant's own account answer, and says which", async () => {
    example = startExample("examples/many-accounts/app.ts");
    const baseURL = await example.printed(/Listening on (http:\/\/127\.0\.0\.1:\d+\/v1)/);
    for (const model of ["acme/eu.amazon.nova-lite-v1:0", "globex/us.amazon.nova-lite-v1:0", undefined])
      expect(await ask(baseURL, model === undefined ? {} : { model })).toContain("Anybody there?");
    await eventually(() => example.output().includes("The account of globex answered"));
    expect(
      example
        .output()
        .match(/^The account of .*$/gm)
        ?.toSorted(),
    ).toEqual([
      "The account of acme answered 200 to Converse, signed by AKIAACME for eu-central-1.",
      "The account of globex answered 200 to Converse, signed by AKIAGLOBEX for us-west-2.",
    ]);
  });

  it("of several accounts asks both in turns under one name", async () => {
    example = startExample("examples/many-accounts/app.ts");
    const baseURL = await example.printed(/Listening on (http:\/\/127\.0\.0\.1:\d+\/v1)/);
    for (let index = 0; index < 2; index += 1)
      expect(await ask(baseURL, { model: "either" })).toContain("Anybody there?");
    const answered = (): string[] => example.output().match(/\w+(?= answered 200 to Converse)/g) ?? [];
    await eventually(() => answered().length === 2);
    expect(answered().toSorted()).toEqual(["acme", "globex"]);
  });

  it("that serves everybody stops when it is told", async () => {
    example = startExample("examples/server/server.ts");
    expect(await ask(await example.printed(BASE_URL))).toContain("Anybody there?");
    example.stop();
    expect(await example.ended).toBe(0);
  });
});
