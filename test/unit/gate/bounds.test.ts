import { describe, expect, it } from "vitest";
import { refuseOversize } from "../../../src/gate/bounds.ts";
import { createBedrockOpenAIHandler } from "../../../src/index.ts";

const headersOf = (count: number, size: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`x-${at}`, "v".repeat(size)]));

describe("a request's head", () => {
  it("that is large is a 431, be it one header or many", () => {
    const url = "http://x/v1/models";
    for (const headers of [headersOf(1, 70_000), headersOf(9_000, 2)])
      expect(() => refuseOversize(new Request(url, { headers }))).toThrow(/headers are too large/);
    expect(() => refuseOversize(new Request(url, { headers: headersOf(10, 6_000) }))).not.toThrow();
  });

  it("is refused in OpenAI's form, and names itself", async () => {
    const handler = createBedrockOpenAIHandler({ region: "us-east-1" });
    const long = await handler(new Request(`http://x/v1/models/${"m".repeat(9_000)}`));
    expect([long.status, long.statusText, await long.json()]).toMatchObject([
      414,
      "URI Too Long",
      { error: { code: "url_too_long", type: "invalid_request_error", param: null } },
    ]);
    const large = await handler(new Request("http://x/v1/models", { headers: headersOf(1, 70_000) }));
    expect([large.status, large.headers.get("x-request-id")]).toEqual([431, expect.stringMatching(/^req_/)]);
  });
});
