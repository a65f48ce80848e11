import { afterAll, beforeAll, expect, it } from "vitest";
import { CLAUDE, type House, openHouse } from "../support/bedrock.ts";
import { inProcessOfItsOwn } from "../support/network/in-process-of-its-own.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());

const messages = [{ role: "user", content: "Hello" }];
const path = "/v1/chat/completions";

it.each([
  "--disable-proto=throw",
  "--disable-proto=delete",
  "--disallow-code-generation-from-strings",
  "--frozen-intrinsics",
])("a Node that was hardened by %s answers, whole and streamed", async (flag) => {
  const { told } = await inProcessOfItsOwn(
    {
      options: { endpoint: house.bedrock.url, region: "us-east-1", retries: 0 },
      requests: [
        { path, body: { model: CLAUDE, messages } },
        { path, body: { model: CLAUDE, messages, stream: true } },
      ],
    },
    { NODE_OPTIONS: flag },
  );
  expect(told.map(({ status }) => status)).toEqual([200, 200]);
  expect(told[1]!.body).toContain("[DONE]");
});
