import type OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BedrockOpenAIHandler } from "../../../src/index.ts";
import { CLAUDE, type House, openHouse } from "../../support/bedrock.ts";
import { assertSchema } from "../../support/openai-schema.ts";
import { clientOf } from "../../support/client-of.ts";

let house: House;
let handler: BedrockOpenAIHandler;
let openai: OpenAI;
beforeAll(async () => {
  house = await openHouse();
  handler = house.handler;
  openai = clientOf(handler);
});
afterAll(() => house.bedrock.close());

type Params = OpenAI.Responses.ResponseCreateParamsNonStreaming;

const create = (input: Params["input"], more: Partial<Params> = {}): Promise<OpenAI.Responses.Response> =>
  openai.responses.create({ model: CLAUDE, input: input!, ...more });

async function get(path: string, method = "GET"): Promise<{ status: number; body: Record<string, unknown> }> {
  const headers = { authorization: "Bearer sk-one" };
  const response = await handler(new Request(`http://bedrock/v1/responses/${path}`, { method, headers }));
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("GET /responses/{id}", () => {
  it.each(["whole", "streamed"])("gives a %s response as it was told", async (form) => {
    const told =
      form === "whole"
        ? await create("Hello", { metadata: { ticket: "7" }, instructions: "Be brief." })
        : await openai.responses
            .stream({ model: CLAUDE, input: "Hello", metadata: { ticket: "7" }, instructions: "Be brief." })
            .finalResponse();
    const { body } = await get(told.id);
    assertSchema("Response", body);
    expect(body).toMatchObject({
      id: told.id,
      status: "completed",
      metadata: { ticket: "7" },
      instructions: "Be brief.",
      usage: told.usage,
      created_at: told.created_at,
    });
    expect(body["output"]).toMatchObject([{ id: told.output[0]!.id, content: [{ text: told.output_text }] }]);
  });

  it("gives a response that failed on its way as failed", async () => {
    house.bedrock.enqueue({ fault: { kind: "truncate", afterEvents: 3 } });
    const response = await openai.responses.create({ model: CLAUDE, input: "Hello", stream: true });
    let id = "";
    await (async () => {
      for await (const event of response) if (event.type === "response.created") id = event.response.id;
    })().catch(() => undefined);
    expect((await get(id)).body).toMatchObject({ status: "failed", error: { code: "server_error" } });
  });

  it("tells encrypted reasoning only to who asks for it", async () => {
    const { id } = await create("Think", { reasoning: { effort: "medium" } });
    const reasoning = async (query = ""): Promise<object> => {
      const { body } = await get(`${id}${query}`);
      return (body["output"] as { type: string }[]).find(({ type }) => type === "reasoning")!;
    };
    expect(await reasoning()).not.toHaveProperty("encrypted_content");
    expect(await reasoning("?include=file_search_call.results")).not.toHaveProperty("encrypted_content");
    const encrypted_content = expect.any(String);
    expect(await reasoning("?include[]=reasoning.encrypted_content")).toMatchObject({ encrypted_content });
    const asked = await openai.responses.retrieve(id, { include: ["reasoning.encrypted_content"] });
    expect(asked.output[0]).toMatchObject({ type: "reasoning", encrypted_content });
  });

  it.each(["resp_unknown", "x".repeat(3_000), "%E0%A4%A", "%00", "resp_1%2Finput_items"])(
    "is a 404 in OpenAI's words for %s, and so are its other methods",
    async (id) => {
      for (const [path, method] of [
        [id, "GET"],
        [id, "DELETE"],
        [`${id}/input_items`, "GET"],
      ] as const) {
        const { status, body } = await get(path, method);
        assertSchema("ErrorResponse", body);
        expect([status, body]).toMatchObject([404, { error: { type: "invalid_request_error" } }]);
        expect(JSON.stringify(body).length).toBeLessThan(500);
      }
    },
  );
});

describe("DELETE /responses/{id}", () => {
  it("says so once, and the second time that there is none", async () => {
    const { id } = await create("Hello");
    expect((await get(id, "DELETE")).body).toEqual({ id, object: "response", deleted: true });
    expect((await get(id, "DELETE")).status).toBe(404);
    expect((await get(`${id}/input_items`)).status).toBe(404);
  });
});

describe("GET /responses/{id}/input_items", () => {
  it("lists everything that was asked as OpenAI's schema has it, with what callers left out", async () => {
    const { id } = await create([
      { role: "user", content: "As a text" },
      { role: "assistant", content: "As a text too" },
      { type: "message", role: "developer", content: [{ type: "input_text", text: "In parts" }] },
      { type: "function_call", call_id: "call_1", name: "f", arguments: "{}" },
      { type: "function_call_output", call_id: "call_1", output: "done" },
      { role: "user", content: "And?" },
    ]);
    const { body } = await get(`${id}/input_items?order=asc`);
    assertSchema("ResponseItemList", body);
    expect(body["data"]).toMatchObject([
      { type: "message", role: "user", content: [{ type: "input_text", text: "As a text" }] },
      { type: "message", role: "assistant", content: [{ type: "output_text", text: "As a text too" }] },
      { type: "message", role: "developer" },
      { type: "function_call", status: "completed" },
      { type: "function_call_output", status: "completed" },
      { type: "message", role: "user" },
    ]);
    const ids = (body["data"] as { id: string }[]).map((item) => item.id);
    expect(new Set(ids).size).toBe(6);
  });

  it("pages as the official client walks, newest first, without losing or repeating one", async () => {
    const texts = Array.from({ length: 45 }, (_, index) => `${index}`);
    const { id } = await create(texts.map((content) => ({ role: "user" as const, content })));
    const seen: string[] = [];
    for await (const item of openai.responses.inputItems.list(id, { limit: 7 }))
      seen.push((item as { content: { text: string }[] }).content[0]!.text);
    expect(seen).toEqual(texts.toReversed());
    const first = (await get(`${id}/input_items`)).body;
    expect([(first["data"] as object[]).length, first["has_more"]]).toEqual([20, true]);
  });

  it.each([
    "limit=0",
    "limit=101",
    "limit=ten",
    "limit=-1",
    "limit=1e2",
    "order=random",
    "after=msg_x",
    "before=msg_x",
  ])("is a 400 that names the parameter for %s", async (query) => {
    const { id } = await create("Hello");
    const { status, body } = await get(`${id}/input_items?${query}`);
    expect([status, body]).toMatchObject([400, { error: { param: query.split("=")[0] } }]);
  });

  it("keeps the ids that callers give", async () => {
    const { id } = await create([
      { type: "message", id: "msg_mine", role: "user", content: "Hello" } as never,
    ]);
    expect((await get(`${id}/input_items`)).body).toMatchObject({
      first_id: "msg_mine",
      data: [{ id: "msg_mine" }],
    });
  });
});
