import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bedrockOpenAI, type LambdaEvent } from "../../../adapters/lambda.ts";
import type { BedrockOpenAIOptions } from "../../../src/index.ts";
import { EMULATOR_CREDENTIALS } from "../../../src/testing/index.ts";
import { openStore, over, serverOf } from "../../support/background.ts";
import { type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { awayFromLambda, invocation, invokeStreaming, onLambda } from "../../support/lambda.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  awayFromLambda();
  for (const place of PLACES) Reflect.deleteProperty(globalThis, place);
  await house.bedrock.close();
});

const PLACES = [Symbol.for("@next/request-context"), Symbol.for("@vercel/request-context")];

const ASKED = { model: NOVA, input: "Think about it.", background: true } as const;

const HOSTS = [
  { host: "AWS Lambda", name: "AWS_LAMBDA_FUNCTION_NAME", value: "gateway" },
  { host: "Vercel", name: "VERCEL", value: "1" },
];

describe.each(HOSTS)(
  "work in the background on $host, which stops a process that has answered,",
  ({ name, value }) => {
    beforeEach(() => {
      vi.stubEnv(name, value);
    });

    it("is refused, where it would be promised and never done", async () => {
      const { client } = serverOf(house.handler);
      await expect(client.responses.create(ASKED)).rejects.toMatchObject({
        status: 400,
        param: "background",
        message: expect.stringContaining("waitUntil"),
      });
      expect(house.bedrock.requests).toEqual([]);
    });

    it("is done where the operator says how the host waits", async () => {
      const works: Promise<unknown>[] = [];
      const { client } = serverOf(house.withOptions({ waitUntil: (work) => void works.push(work) }));
      house.bedrock.enqueue({ content: [{ text: "Done." }], headersDelayMs: 50 });
      const { id } = await client.responses.create(ASKED);
      expect(works).toHaveLength(1);
      await works[0];
      expect(await client.responses.retrieve(id)).toMatchObject({
        status: "completed",
        output_text: "Done.",
      });
    });

    it("never fails to who waits for it, whatever becomes of the response", async () => {
      const works: Promise<unknown>[] = [];
      const { client } = serverOf(house.withOptions({ waitUntil: (work) => void works.push(work) }));
      house.bedrock.enqueue({ error: { name: "ThrottlingException", message: "Too many requests." } });
      await client.responses.create(ASKED);
      await expect(works[0]).resolves.toBeUndefined();
    });

    it.each(PLACES)("is done where the host leaves its own way in %s", async (place) => {
      const works: Promise<unknown>[] = [];
      const waitUntil = (work: Promise<unknown>): void => void works.push(work);
      Object.assign(globalThis, { [place]: { get: () => ({ waitUntil }) } });
      const { client } = serverOf(house.handler);
      const { id } = await client.responses.create(ASKED);
      await works[0];
      expect((await client.responses.retrieve(id)).status).toBe("completed");
    });
  },
);

describe("a Lambda function that streams its answers", () => {
  const event: LambdaEvent = {
    version: "2.0",
    rawPath: "/v1/responses",
    rawQueryString: "",
    headers: { "content-type": "application/json", authorization: "Bearer sk-one" },
    requestContext: {
      domainName: "abc.lambda-url.us-east-1.on.aws",
      http: { method: "POST", sourceIp: "203.0.113.7" },
    },
    body: JSON.stringify(ASKED),
    isBase64Encoded: false,
  };
  const store = openStore();
  const optionsOf = (): BedrockOpenAIOptions => ({
    endpoint: house.bedrock.url,
    region: "us-east-1",
    credentials: EMULATOR_CREDENTIALS,
    retries: 0,
    store,
    logger: { error: () => undefined, warn: () => undefined },
  });
  const idIn = async (bytes: AsyncIterable<Buffer>): Promise<string> => {
    let text = "";
    for await (const each of bytes) text += each.toString();
    return /"id":"(resp_[^"]+)"/.exec(text)![1]!;
  };

  it("answers at once, and runs on until the response is done", async () => {
    vi.stubEnv("AWS_LAMBDA_FUNCTION_NAME", "gateway");
    const handler = onLambda(() => bedrockOpenAI(optionsOf()));
    house.bedrock.enqueue({ content: [{ text: "Done." }], headersDelayMs: 100 });
    const { bytes, over: isOver } = invokeStreaming(handler, event);
    const { client } = serverOf(house.withOptions({ store }));
    const id = await idIn(bytes);
    expect((await client.responses.retrieve(id)).status).not.toBe("completed");
    await isOver;
    expect((await client.responses.retrieve(id)).status).toBe("completed");
  });

  it("fails the response where it runs out of time, before Lambda cuts it off", async () => {
    vi.stubEnv("AWS_LAMBDA_FUNCTION_NAME", "gateway");
    const handler = onLambda(() => bedrockOpenAI(optionsOf()));
    house.bedrock.enqueue({ content: [{ text: "never" }], fault: { kind: "stall", afterEvents: 2 } });
    const { bytes, over: isOver } = invokeStreaming(handler, event, invocation(1_300));
    const id = await idIn(bytes);
    await isOver;
    const { client } = serverOf(house.withOptions({ store }));
    expect(await over(client, id)).toMatchObject({
      status: "failed",
      error: { code: "server_error", message: expect.stringContaining("Lambda function") },
    });
  });
});
