import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CLAUDE, type House, openHouse } from "../../support/bedrock.ts";
import { type OtherClock, withClock } from "../../support/network/other-clock.ts";
import { chatRequest } from "../../support/requests.ts";

const HOUR = 3_600_000;

let house: House;
let aws: OtherClock;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await aws.close();
  await house.bedrock.close();
});

describe("a server whose clock is an hour off", () => {
  it.each([
    ["behind", HOUR, { model: CLAUDE }],
    ["ahead", -HOUR, { model: CLAUDE }],
    ["behind, for streams", HOUR, { model: CLAUDE, stream: true }],
    ["behind, on mantle", HOUR, { model: "mantle/openai.gpt-oss-120b" }],
  ])("%s: AWS's time is taken from its refusal, for all calls after it", async (_, ahead, body) => {
    aws = await withClock(house.bedrock.url, ahead);
    const handler = house.withOptions({ endpoint: aws.url, retries: 1 });
    for (const turn of [1, 2, 3]) {
      const response = await handler(chatRequest(body));
      expect([turn, response.status, aws.refused()]).toEqual([turn, 200, 1]);
      await response.text();
    }
  });

  it.each(["InvalidSignatureException", "RequestTimeTooSkewed"] as const)(
    "loses none of many calls at once, each of which finds the clock set by others: %s",
    async (code) => {
      aws = await withClock(house.bedrock.url, HOUR, { code });
      const handler = house.withOptions({ endpoint: aws.url, retries: 2 });
      const calls = Array.from({ length: 24 }, () => handler(chatRequest({ model: CLAUDE })));
      const statuses = (await Promise.all(calls)).map(({ status }) => status);
      expect(statuses).toEqual(statuses.map(() => 200));
      expect(aws.refused()).toBeGreaterThan(1);
    },
  );

  it("loses its first call where nothing is to be repeated, and is told why", async () => {
    aws = await withClock(house.bedrock.url, HOUR);
    const handler = house.withOptions({ endpoint: aws.url, retries: 0 });
    const first = await handler(chatRequest({ model: CLAUDE }));
    expect(first.status).toBe(401);
    expect(await first.json()).toMatchObject({
      error: { code: "aws_credentials_error", message: expect.stringMatching(/its clock is wrong/) },
    });
    expect((await handler(chatRequest({ model: CLAUDE }))).status).toBe(200);
  });

  it("is told why where AWS does not say its time", async () => {
    aws = await withClock(house.bedrock.url, HOUR, { hidden: true });
    const response = await house.withOptions({ endpoint: aws.url, retries: 1 })(
      chatRequest({ model: CLAUDE }),
    );
    expect(response.status).toBe(401);
    expect(await response.text()).toContain("its clock is wrong");
  });
});
