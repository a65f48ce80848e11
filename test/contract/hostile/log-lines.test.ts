import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createCallLog } from "../../../integrations/command/serve/call-log.ts";
import { type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { chatRequest } from "../../support/requests.ts";
import { ioDouble } from "../../unit/integrations/command/io.ts";

const HOSTILE = "\nerror: all is lost \u001B[2J\u001B[31m\u2028 ";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.reset());
afterAll(() => house.bedrock.close());

/** A server's log for people, and what it printed. */
function logged() {
  const world = ioDouble();
  const handler = house.withOptions({
    retries: 0,
    logger: createCallLog(world.io, { form: "text", quiet: true }),
    models: { "any*": { model: "*", fallbacks: [NOVA] } },
  });
  return { handler, err: world.err };
}

describe("a stranger's words in a log", () => {
  it("write no lines and no colours into it, and do not fill it: a model's name", async () => {
    const { handler, err } = logged();
    const response = await handler(chatRequest({ model: `any${HOSTILE}${"x".repeat(100_000)}` }));
    expect(response.status).toBe(200);
    expect(err()).toMatch(/^warning: bedrock-openai: 'any\?error: all is lost \?\[2J/);
    expect(err().length).toBeLessThan(2_000);
    for (const word of ["\u001B", "\u2028", "\nerror"]) expect(err()).not.toContain(word);
  });

  it("write no lines and no colours into it: an error of AWS's", async () => {
    const { handler, err } = logged();
    house.bedrock.enqueue({ error: { name: "ModelErrorException", message: `no${HOSTILE}` } });
    const response = await handler(chatRequest({ model: NOVA }));
    expect(response.status).toBe(500);
    expect(err()).toMatch(/failed while answering\. no\?error: all is lost/);
    expect(err()).not.toContain("\u001B");
  });
});
