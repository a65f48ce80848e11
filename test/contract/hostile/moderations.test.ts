import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type House, openHouse } from "../../support/bedrock.ts";
import { PNG } from "../../support/clients.ts";

/** Nothing here asserts a time: the sizes are such that an answer would take minutes if its cost grew faster than they do. */

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => {
  expect(house.logged).toEqual([]);
  house.bedrock.reset();
});
afterAll(() => house.bedrock.close());

const reached: string[] = [];
afterEach(() => reached.splice(0));

const MEGABYTE = 1024 * 1024;
const bytesOf = (size: number): Buffer => {
  const picture = Buffer.from(PNG, "base64");
  return Buffer.concat([picture, Buffer.alloc(size - picture.length)]);
};

async function moderate(input: object[], size: number): Promise<{ status: number; error?: object }> {
  const fetch = async (url: string): Promise<Response> => {
    reached.push(url);
    return new Response(bytesOf(size), { headers: { "content-type": "image/png" } });
  };
  const guardrailConfig = { guardrailIdentifier: "abc", guardrailVersion: "1" };
  const response = await house.withOptions({ media: { fetch } })(
    new Request("http://localhost/v1/moderations", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ input, guardrailConfig }),
    }),
  );
  return { status: response.status, ...((await response.json()) as object) };
}

const image = (url: string): object => ({ type: "image_url", image_url: { url } });
const times = (count: number): object[] => Array.from({ length: count }, () => image("http://a/b.png"));

describe("images of a moderation", () => {
  it("are no flood of one image, named again and again, and none is downloaded for it", async () => {
    expect(await moderate(times(2048), 20 * MEGABYTE)).toMatchObject({
      status: 400,
      error: { code: "array_above_max_length", param: "input[20].image_url.url" },
    });
    expect(reached).toEqual([]);
    expect(house.bedrock.requests).toEqual([]);
  });

  it("are as many as AWS takes, and downloaded once", async () => {
    expect((await moderate(times(20), 100)).status).toBe(200);
    expect(reached).toEqual(["http://a/b.png"]);
  });

  it.each([
    ["downloaded", image("http://a/b.png")],
    ["sent", image(`data:image/png;base64,${bytesOf(4 * MEGABYTE + 3).toString("base64")}`)],
  ])("are never larger than AWS takes, however they come: %s", async (_, part) => {
    expect(await moderate([part], 4 * MEGABYTE + 3)).toMatchObject({
      status: 400,
      error: { code: "image_file_too_large", param: "input[0].image_url.url" },
    });
    expect(house.bedrock.requests).toEqual([]);
  });

  it("may be as large as AWS takes", async () => {
    expect((await moderate(times(1), 4 * MEGABYTE)).status).toBe(200);
    const sent = image(`data:image/png;base64,${bytesOf(4 * MEGABYTE).toString("base64")}`);
    expect((await moderate([sent], 0)).status).toBe(200);
  });
});
