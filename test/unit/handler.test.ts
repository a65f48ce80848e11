import { afterEach, expect, it, vi } from "vitest";
import { createBedrockOpenAIHandler } from "../../src/handler.ts";

afterEach(() => {
  vi.doUnmock("../../src/first-call.ts");
  vi.resetModules();
});

const health = () => new Request("http://x/v1/health");

it("answers with OpenAI's 500 where its own code cannot be loaded, tells the operator, and does not reject", async () => {
  const told: [string, object | undefined][] = [];
  const error = (message: string, details?: object) => void told.push([message, details]);
  const handler = createBedrockOpenAIHandler({ logger: { ...console, error } });
  vi.doMock("../../src/first-call.ts", () => {
    throw new Error("EMFILE: too many open files");
  });
  const answer = await handler(health());
  expect(answer.status).toBe(500);
  expect(await answer.json()).toEqual({
    error: { message: expect.any(String), type: "server_error", param: null, code: null },
  });
  expect(told).toHaveLength(1);
  expect(told[0]![1]).toMatchObject({ status: 500, cause: expect.any(Error) });
});

it("does not stay broken: the next call loads it again", async () => {
  const handler = createBedrockOpenAIHandler({ logger: { ...console, error: () => undefined } });
  vi.doMock("../../src/first-call.ts", () => {
    throw new Error("EMFILE: too many open files");
  });
  await handler(health());
  vi.doUnmock("../../src/first-call.ts");
  expect((await handler(health())).status).toBe(200);
});
