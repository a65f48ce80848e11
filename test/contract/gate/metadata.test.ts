import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CLAUDE, type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { GPT, ONLY_MANTLE } from "../../support/native.ts";
import { chat, everyone, post } from "./asking.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.reset());
afterAll(() => house.bedrock.close());

const STAMP = { tenant: "acme", plan: "gold" };
const stamping = () => house.withOptions({ authorize: everyone({ metadata: STAMP }), passThrough: true });

interface Sent {
  operation: string;
  body: { requestMetadata?: Record<string, string> };
  headers: Record<string, string | undefined>;
}
const sent = (): Sent => house.bedrock.requests.at(-1) as unknown as Sent;
const inHeader = (): unknown => JSON.parse(sent().headers["x-amzn-bedrock-request-metadata"] ?? "{}");

describe("what is stamped on all that a caller asks", () => {
  it.each([
    {},
    { metadata: { tenant: "evil" } },
    { requestMetadata: { tenant: "evil" } },
    { metadata: { tenant: "evil" }, requestMetadata: { plan: "free", tenant: "evil" } },
    // What AWS does not take is replaced, and then looks like it.
    { metadata: { "ten\u0430nt": "x", tenant: "evil" } },
    { extra_body: { requestMetadata: { tenant: "evil" } } },
    { user: "evil", safety_identifier: "evil" },
  ])("cannot be talked over: %j", async (body) => {
    expect((await chat(stamping(), body)).status).toBe(200);
    expect(sent().body.requestMetadata).toMatchObject(STAMP);
  });

  it("cannot be talked over by a key that becomes it", async () => {
    const authorize = everyone({ metadata: { tenant_id: "acme" } });
    const handler = house.withOptions({ authorize });
    for (const given of [
      { metadata: { tenant_id: "a", "tenant*id": "evil" } },
      { requestMetadata: { tenant_id: "a", "tenant*id": "evil" } },
      { metadata: { "tenant*id": "evil" }, requestMetadata: { "tenant?id": "evil" } },
      { requestMetadata: { tenant_id: "a" }, metadata: { "tenant!id": "evil" } },
    ]) {
      expect((await chat(handler, given)).status).toBe(200);
      expect(sent().body.requestMetadata!["tenant_id"]).toBe("acme");
    }
  });

  it("leaves the caller's own beside it, as many as there is room for", async () => {
    const own = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, "v"]));
    expect((await chat(stamping(), { metadata: own(14) })).status).toBe(200);
    expect(sent().body.requestMetadata).toEqual({ ...own(14), ...STAMP });
    const response = await chat(stamping(), { metadata: own(15) });
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining("Expected at most 14, since this server adds 2 of its own, but got 15"),
    ]);
  });

  it("goes with streams, completions, embeddings, images and reranking", async () => {
    const handler = stamping();
    await (await chat(handler, { stream: true })).text();
    expect(sent().body.requestMetadata).toEqual(STAMP);
    await post(handler, "/v1/completions", { model: NOVA, prompt: "Hi" });
    expect(sent().body.requestMetadata).toEqual(STAMP);
    await post(handler, "/v1/embeddings", { model: "amazon.titan-embed-text-v2:0", input: "Hi" });
    expect(inHeader()).toEqual(STAMP);
    await post(handler, "/v1/images/generations", { model: "amazon.nova-canvas-v1:0", prompt: "a red dot" });
    expect(inHeader()).toEqual(STAMP);
    await post(handler, "/v1/rerank", { model: "amazon.rerank-v1:0", query: "a", documents: ["b"] });
    expect(inHeader()).toEqual(STAMP);
  });

  it("takes the way that carries it, where there are two", async () => {
    expect((await chat(stamping(), { model: GPT })).status).toBe(200);
    expect([sent().operation, sent().body.requestMetadata]).toEqual(["Converse", STAMP]);
  });

  it("is said to be lost where nothing carries it", async () => {
    const native = await chat(stamping(), { model: ONLY_MANTLE });
    expect([native.status, native.headers.get("x-bedrock-adjustments")]).toEqual([
      200,
      expect.stringContaining("metadata"),
    ]);
    const moderated = await post(stamping(), "/v1/moderations", { input: "Hi" });
    expect([moderated.status, moderated.headers.get("x-bedrock-adjustments")]).toEqual([
      200,
      expect.stringMatching(/metadata/i),
    ]);
  });
});

describe("what is stamped on AWS's own requests", () => {
  const BODY = { messages: [{ role: "user", content: [{ text: "Hi" }] }] };
  const NATIVE = { inputText: "Hi" };

  it("stands in Converse's body and InvokeModel's header, over the caller's", async () => {
    const handler = stamping();
    const said = { ...BODY, requestMetadata: { tenant: "evil", own: "1" } };
    for (const way of ["converse", "converse-stream"]) {
      const response = await post(handler, `/bedrock/model/${CLAUDE}/${way}`, said);
      await response.arrayBuffer();
      expect([response.status, sent().body.requestMetadata]).toEqual([200, { own: "1", ...STAMP }]);
    }
    for (const header of ['{"tenant":"evil","own":"1"}', '{"own":"1"}']) {
      const headers = { "x-amzn-bedrock-request-metadata": header };
      await post(handler, "/bedrock/model/amazon.titan-embed-text-v2:0/invoke", NATIVE, headers);
      expect(inHeader()).toEqual({ own: "1", ...STAMP });
    }
  });

  it("is not left out of what cannot be read", async () => {
    const handler = stamping();
    const broken = await handler(
      new Request(`http://x/bedrock/model/${CLAUDE}/converse`, { method: "POST", body: '{"messages":[' }),
    );
    expect([broken.status, broken.headers.get("x-amzn-errortype")]).toEqual([400, "ValidationException"]);
    const headers = { "x-amzn-bedrock-request-metadata": "{tenant:evil}" };
    const invoked = await post(
      handler,
      "/bedrock/model/amazon.titan-embed-text-v2:0/invoke",
      NATIVE,
      headers,
    );
    expect(invoked.status).toBe(400);
    expect(house.bedrock.requests).toEqual([]);
  });

  it("is said to be lost where an operation has no place for it", async () => {
    const response = await post(stamping(), "/bedrock/guardrail/abc/version/1/apply", {
      source: "INPUT",
      content: [{ text: { text: "Hi" } }],
    });
    expect(response.headers.get("x-bedrock-adjustments")).toContain("metadata");
  });
});
