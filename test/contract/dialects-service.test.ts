import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/conversation/types.ts";
import { type House, openHouse } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";
import { ask, finishOf, invoked, notesOf, sentBody, textIn, user } from "./dialects.ts";
import { DIALECT_ROWS, targetOf } from "./dialects-table.ts";

/** What Bedrock adds to every model: it stands in headers here, and never in the model's own body. */

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => {
  expect(house.logged).toEqual([]);
  house.bedrock.reset();
});
afterAll(() => house.bedrock.close());

const WAYS = [{ stream: false }, { stream: true }];
const GUARDED = {
  guardrailConfig: { guardrailIdentifier: "abc", guardrailVersion: "1", trace: "enabled" },
};

const bedrockHeaders = (): JsonObject =>
  Object.fromEntries(
    Object.entries(invoked(house).at(-1)!.headers).filter(([name]) => name.startsWith("x-amzn-bedrock-")),
  );

describe.each(DIALECT_ROWS)("$model", ({ model, tries }) => {
  describe.each(WAYS)("(stream: $stream)", (way) => {
    const plain = { model, messages: [user("Hi", model)] };

    it("is guarded by headers, and the body is the same as without", async () => {
      await ask(house.handler, plain, way);
      const unguarded = sentBody(house);
      expect(bedrockHeaders()).toEqual({});
      await ask(house.handler, { ...plain, ...GUARDED }, way);
      expect(sentBody(house)).toEqual(unguarded);
      expect(bedrockHeaders()).toEqual({
        "x-amzn-bedrock-guardrailidentifier": "abc",
        "x-amzn-bedrock-guardrailversion": "1",
        "x-amzn-bedrock-trace": "ENABLED",
      });
    });

    it("says what the guardrail says in its place, aloud, and with its trace", async () => {
      const messages = [user("BLOCKED_BY_GUARDRAIL", model)];
      const told = await ask(house.handler, { model, messages, ...GUARDED }, way);
      expect([textIn(told), finishOf(told)]).toEqual([
        "Sorry, the guardrail blocked this.",
        "content_filter",
      ]);
      expect(told.answer.trace).toMatchObject({ guardrail: { actionReason: "Guardrail blocked." } });
    });

    it("is served on a tier, and for a purpose, that headers name", async () => {
      const purpose = { service_tier: "flex", metadata: { team: "a", cost: "ü" } };
      const told = await ask(house.handler, { ...plain, ...purpose }, way);
      const { "x-amzn-bedrock-request-metadata": metadata, ...others } = bedrockHeaders();
      expect(JSON.parse(String(metadata))).toMatchObject({ team: "a" });
      expect(others).toEqual(
        notesOf(told, "dropped").includes("service_tier") ? {} : { "x-amzn-bedrock-service-tier": "flex" },
      );
      expect(JSON.stringify(sentBody(house))).not.toMatch(/flex|team/);
    });

    it("is shown as it would be sent, and then sent as it was shown", async () => {
      const asked = { ...plain, ...GUARDED, stream: way.stream };
      const shown = await house.handler(chatRequest(asked, { headers: { "x-bedrock-explain": "1" } }));
      const { target, request } = (await shown.json()) as { target: JsonObject; request: JsonObject };
      expect(invoked(house)).toEqual([]);
      await (await house.handler(chatRequest(asked))).text();
      const { path, body } = invoked(house)[0]!;
      expect(target).toMatchObject({ model: targetOf(model).modelId, surface: "invoke" });
      expect(request).toEqual({ method: "POST", path, headers: bedrockHeaders(), body });
    });

    it("is not kept from answering by a parameter that nobody knows, and learns of it once", async () => {
      const statuses = (): (number | undefined)[] => invoked(house).map(({ status }) => status);
      const fresh = house.withOptions({});
      for (const seen of [tries ? [400, 200] : [200], tries ? [400, 200, 200] : [200, 200]]) {
        const told = await ask(fresh, { ...plain, of_my_own: 1 }, way);
        expect([told.status, notesOf(told, "dropped")]).toEqual([200, ["of_my_own"]]);
        expect(statuses()).toEqual(seen);
      }
    });

    it("refuses what it would have to leave out where the operator wants it so", async () => {
      const strict = house.withOptions({ unsupported: "reject" });
      const told = await ask(strict, { ...plain, logit_bias: { 1: 2 }, n: 1, of_my_own: 1 }, way);
      expect(told).toMatchObject({ status: 400, error: { type: "invalid_request_error" } });
      expect((await ask(strict, plain, way)).status).toBe(200);
    });
  });
});

describe("what is pointed at in a native answer", () => {
  it.each<[string, string, unknown]>([
    ["invoke/us.anthropic.claude-sonnet-4-5-20250929-v1:0", "/role", { role: "assistant" }],
    ["invoke/meta.llama3-8b-instruct-v1:0", "/generation_token_count", { generation_token_count: 3 }],
    ["amazon.titan-text-express-v1", "/inputTextTokenCount", { inputTextTokenCount: 7 }],
    ["invoke/qwen.qwen3-32b-v1:0", "/object", { object: "chat.completion" }],
    ["cohere.command-r-v1:0", "/no/such/place", undefined],
  ])("of %s at %s comes back", async (model, path, found) => {
    const usage = { inputTokens: 7, outputTokens: 3, totalTokens: 10 };
    house.bedrock.enqueue({ content: [{ text: "a" }], usage });
    const { answer } = await ask(house.handler, {
      model,
      messages: [user("Hi")],
      additionalModelResponseFieldPaths: [path],
    });
    expect(answer.additionalModelResponseFields).toEqual(found);
  });

  it("comes back from the last chunk of a stream that has it", async () => {
    house.bedrock.enqueue({ content: [{ text: "a" }] });
    const { answer } = await ask(
      house.handler,
      {
        model: "invoke/meta.llama3-8b-instruct-v1:0",
        messages: [user("Hi")],
        additionalModelResponseFieldPaths: ["/stop_reason"],
      },
      { stream: true },
    );
    expect(answer.additionalModelResponseFields).toEqual({ stop_reason: "stop" });
  });
});
