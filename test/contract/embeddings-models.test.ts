import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { accountArn } from "../../src/testing/index.ts";
import { CLAUDE, type House, openHouse } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";
import { assertSchema } from "../support/openai-schema.ts";
import { OBSERVED_OTHERS } from "../support/model-ids.ts";
import {
  type Asking,
  bodies,
  COHERE,
  COHERE_4,
  DOCUMENTS,
  embed,
  embeddingRequest,
  FAMILIES,
  MARENGO_3,
  nearest,
  NOVA,
  QUESTIONS,
  TITAN,
  TITAN_V1,
  vectors,
} from "./embeddings-asked.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => {
  expect(house.logged).toEqual([]);
  house.bedrock.reset();
});
afterAll(() => house.bedrock.close());

describe.each(FAMILIES)("%s", (model, dimensions) => {
  it("answers in OpenAI's form, its name resolved, its vectors in the order of the texts", async () => {
    const told = await embed(house, { model: `bedrock/${model}`, input: DOCUMENTS });
    const { status, notes: _, headers, ...answer } = told;
    expect(status).toBe(200);
    assertSchema("CreateEmbeddingResponse", answer);
    expect(answer).toMatchObject({ object: "list", model });
    expect(answer.data.map(({ index, embedding }) => [index, embedding.length])).toEqual(
      DOCUMENTS.map((_, index) => [index, dimensions]),
    );
    expect(headers.get("x-amzn-requestid")).toBeTruthy();
  });

  it("finds the document that speaks of what is asked", async () => {
    const documents = await vectors(house, { model, input: DOCUMENTS, input_type: "search_document" });
    for (const [input, answer] of QUESTIONS) {
      const [query] = await vectors(house, { model, input, input_type: "search_query" });
      expect(nearest(query!, documents)).toBe(answer);
    }
  });

  it("gives in one request what it gives in several", async () => {
    const whole = await vectors(house, { model, input: DOCUMENTS });
    for (const [index, input] of DOCUMENTS.entries())
      expect(await vectors(house, { model, input })).toEqual([whole[index]]);
  });

  it("gives what a chat would not", async () => {
    const response = await house.handler(chatRequest({ model }));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { type: "invalid_request_error" } });
  });
});

describe("usage", () => {
  it.each([TITAN_V1, TITAN, COHERE, COHERE_4, NOVA])(
    "of %s is the sum of what each text costs",
    async (model) => {
      const each = await Promise.all(DOCUMENTS.map((input) => embed(house, { model, input })));
      const { usage } = await embed(house, { model, input: DOCUMENTS });
      const sum = each.reduce((total, told) => total + told.usage.prompt_tokens, 0);
      expect(sum).toBeGreaterThan(DOCUMENTS.length);
      expect(usage).toEqual({ prompt_tokens: sum, total_tokens: sum });
    },
  );

  it("is nought where nobody counts", async () => {
    const { usage } = await embed(house, { model: MARENGO_3, input: DOCUMENTS });
    expect(usage).toEqual({ prompt_tokens: 0, total_tokens: 0 });
  });
});

describe("dimensions", () => {
  it.each([
    [TITAN, 256, { dimensions: 256 }],
    [COHERE_4, 512, { output_dimension: 512 }],
    ["amazon.titan-embed-image-v1", 384, { embeddingConfig: { outputEmbeddingLength: 384 } }],
    [NOVA, 1024, { singleEmbeddingParams: { embeddingDimension: 1024 } }],
    [TITAN_V1, 1536, { inputText: "x" }],
  ])("of %s may be %i", async (model, dimensions, sent) => {
    const [vector] = await vectors(house, { model, input: "x", dimensions });
    expect(vector).toHaveLength(dimensions);
    expect(bodies(house)).toMatchObject([sent]);
  });
});

describe("every way to a model", () => {
  const profile = (id: string): string => accountArn("application-inference-profile", id);
  const provisioned = accountArn("provisioned-model", "titanembed01");

  it.each([
    [profile("embed0000001"), 1024],
    [profile("embed0000004"), 1536],
    [profile("titan0000001"), 1024],
    [provisioned, 1024],
    ["arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v1", 1536],
    ["arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.cohere.embed-v4:0", 1536],
  ])("leads there: %s", async (model, dimensions) => {
    const told = await embed(house, { model, input: DOCUMENTS });
    expect(told).toMatchObject({ status: 200, model });
    expect(told.data.map(({ embedding }) => embedding.length)).toEqual(DOCUMENTS.map(() => dimensions));
  });

  it("may be model_id, which goes into the URL where model says what it is", async () => {
    const asked = { model: "bedrock/amazon.titan-embed-text-v1", model_id: provisioned, input: ["hi"] };
    expect(await embed(house, { ...asked, model: `bedrock/${TITAN}` })).toMatchObject({
      status: 200,
      model: provisioned,
    });
    expect(house.bedrock.requests.at(-1)!.path).toBe(`/model/${encodeURIComponent(provisioned)}/invoke`);
    expect(bodies(house)).toEqual([{ inputText: "hi", embeddingTypes: ["float"] }]);
    const explained = await embed(house, asked, { headers: { "x-bedrock-explain": "1" } });
    expect(explained).toMatchObject({ request: { body: { inputText: "hi" } } });
  });

  it("may be a name of OpenAI's that the operator gave it, and the answer says what it stands for", async () => {
    const models = { "text-embedding-*": COHERE, ada: { model: TITAN, defaults: { dimensions: 256 } } };
    const asking: Asking = { options: { models } };
    const model = "text-embedding-ada-002";
    expect(await embed(house, { model, input: "The food was delicious" }, asking)).toMatchObject({
      status: 200,
      model: COHERE,
    });
    expect(await vectors(house, { model: "ada", input: "x" }, asking)).toMatchObject([{ length: 256 }]);
    const own = await vectors(house, { model: "ada", input: "x", dimensions: 512 }, asking);
    expect(own).toMatchObject([{ length: 512 }]);
  });

  it("may be invoke/, converse/ or a Region before it", async () => {
    for (const way of ["invoke/", "converse/", "us-east-1/", "bedrock/us-east-1/"])
      expect(await embed(house, { model: `${way}${TITAN}`, input: "x" })).toMatchObject({ model: TITAN });
  });

  it("is named where AWS does not tell what an ARN stands for", async () => {
    const model = profile("nosuchthing1");
    const told = await embed(house, { model, input: "x" });
    expect(told).toMatchObject({ status: 400, error: { code: "unsupported_model", param: "model" } });
    expect(told.error!.message).toContain("bedrock:GetInferenceProfile");
    const models = { ours: { modelId: model, family: COHERE } };
    const explained = await house.withOptions({ models })(
      embeddingRequest({ model: "ours", input: "x" }, { headers: { "x-bedrock-explain": "1" } }),
    );
    expect(await explained.json()).toMatchObject({
      target: { model },
      request: { body: { texts: ["x"], input_type: "search_document" } },
    });
  });
});

describe("models that embed nothing", () => {
  it.each([CLAUDE, "converse/us.amazon.nova-pro-v1:0", "cohere.rerank-v3-5:0", "amazon.nova-canvas-v1:0"])(
    "are refused before AWS is asked: %s",
    async (model) => {
      expect(await embed(house, { model, input: "x" })).toMatchObject({
        status: 400,
        error: { type: "invalid_request_error", code: "unsupported_model", param: "model" },
      });
      expect(house.bedrock.requests).toEqual([]);
    },
  );

  it("are none of those that AWS lists as embedding, and all others", async () => {
    for (const { id, kind } of OBSERVED_OTHERS) {
      const { status } = await embed(
        house,
        { model: id, input: "x" },
        { headers: { "x-bedrock-explain": "1" } },
      );
      expect([id, status]).toEqual([id, kind === "embedding" ? 200 : 400]);
    }
  });

  it("are those that do not exist", async () => {
    expect(await embed(house, { model: "cohere.embed-v99", input: "x" })).toMatchObject({
      status: 404,
      error: { code: "model_not_found", param: "model" },
    });
  });
});
