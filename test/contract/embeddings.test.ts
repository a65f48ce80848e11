import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { OpenAIEmbeddings } from "@langchain/openai";
import { APICallError, embed as aiEmbed, embedMany } from "ai";
import OpenAI7 from "openai";
import OpenAI6 from "openai6";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type House, openHouse } from "../support/bedrock.ts";
import { THROTTLED } from "../support/clients.ts";
import { DOORS, type Door } from "../support/doors.ts";
import { assertSchema } from "../support/openai-schema.ts";
import {
  bodies,
  COHERE,
  cosine,
  DOCUMENTS,
  embeddingRequest,
  floatsIn,
  nearest,
  NOVA,
  QUESTIONS,
  TITAN,
} from "./embeddings-asked.ts";

const CLIENTS = [
  { version: "openai 7", OpenAI: OpenAI7 },
  // One test for both: where the two differ in types, 7 speaks for them.
  { version: "openai 6", OpenAI: OpenAI6 as unknown as typeof OpenAI7 },
];

let house: House;
let door: Door;

/** Some clients set their own content type; none of them may see an error page. */
const access = (): { baseURL: string; apiKey: string; fetch: typeof globalThis.fetch } => ({
  baseURL: door.baseURL,
  apiKey: "bedrock",
  fetch: door.fetch,
});

const asNumbers = (embedding: unknown): number[] => embedding as number[];

for (const [name, open] of Object.entries(DOORS)) {
  describe(`through ${name}`, () => {
    beforeAll(async () => {
      house = await openHouse();
      door = await open(house.handler);
    });
    afterEach(() => {
      expect(house.logged).toEqual([]);
      house.bedrock.reset();
    });
    afterAll(async () => {
      await door.close();
      await house.bedrock.close();
    });

    describe.each(CLIENTS)("$version", ({ OpenAI }) => {
      const client = (): OpenAI7 => new OpenAI({ ...access(), maxRetries: 0 });

      it("gets the same numbers whether it asks for base64 by itself or for floats", async () => {
        const asked = { model: TITAN, input: DOCUMENTS };
        const usual = await client().embeddings.create(asked);
        const floats = await client().embeddings.create({ ...asked, encoding_format: "float" });
        assertSchema("CreateEmbeddingResponse", floats);
        assertSchema("CreateEmbeddingResponse", usual);
        expect(floats).toMatchObject({ object: "list", model: TITAN });
        expect(floats.usage.prompt_tokens).toBeGreaterThan(0);
        expect(usual.usage).toEqual(floats.usage);
        for (const [index, { embedding }] of floats.data.entries()) {
          expect(embedding).toHaveLength(1024);
          expect(usual.data[index]).toMatchObject({ index, object: "embedding" });
          expect(asNumbers(usual.data[index]!.embedding)).toEqual(asNumbers(embedding).map(Math.fround));
        }
      });

      it("finds what it looks for", async () => {
        const { embeddings } = client();
        const { data } = await embeddings.create({ model: COHERE, input: DOCUMENTS });
        const documents = data.map(({ embedding }) => asNumbers(embedding));
        for (const [input, answer] of QUESTIONS) {
          const query = { model: COHERE, input, input_type: "search_query" };
          const { data: found } = await embeddings.create(query);
          expect(nearest(asNumbers(found[0]!.embedding), documents)).toBe(answer);
        }
        expect(bodies(house).map((body) => body["input_type"])).toEqual([
          "search_document",
          ...QUESTIONS.map(() => "search_query"),
        ]);
      });

      it("raises its own typed errors", async () => {
        const { embeddings } = client();
        const asked = { model: TITAN, input: "x" };
        await expect(embeddings.create({ ...asked, input: [] })).rejects.toBeInstanceOf(
          OpenAI.BadRequestError,
        );
        await expect(embeddings.create({ ...asked, dimensions: 3 })).rejects.toMatchObject({
          code: "unsupported_value",
          param: "dimensions",
        });
        await expect(embeddings.create({ ...asked, model: "cohere.embed-v99" })).rejects.toBeInstanceOf(
          OpenAI.NotFoundError,
        );
        house.bedrock.enqueue(THROTTLED);
        await expect(embeddings.create(asked)).rejects.toBeInstanceOf(OpenAI.RateLimitError);
      });
    });

    it("@langchain/openai embeds documents of several requests in their order", async () => {
      const { baseURL, fetch, apiKey } = access();
      const embeddings = new OpenAIEmbeddings({
        model: TITAN,
        apiKey,
        dimensions: 256,
        configuration: { baseURL, fetch },
        maxRetries: 0,
      });
      // More than its own 512 in a request.
      const documents = Array.from(
        { length: 520 },
        (_, index) => `number ${index} of ${DOCUMENTS[index % 3]}`,
      );
      const vectors = await embeddings.embedDocuments(documents);
      expect(vectors).toHaveLength(520);
      for (const at of [0, 1, 511, 512, 519]) {
        const query = await embeddings.embedQuery(documents[at]!);
        expect(query).toHaveLength(256);
        expect(cosine(query, vectors[at]!)).toBeCloseTo(1, 6);
        expect(nearest(query, vectors)).toBe(at);
      }
      expect(bodies(house)[0]).toMatchObject({ dimensions: 256 });
    });

    describe.each([
      ["@ai-sdk/openai", () => createOpenAI(access())],
      ["@ai-sdk/openai-compatible", () => createOpenAICompatible({ name: "bedrock", ...access() })],
    ])("%s", (_, provider) => {
      const model = (id: string): Parameters<typeof aiEmbed>[0]["model"] => provider().embeddingModel(id);

      it("embeds many and one, with usage", async () => {
        const { embeddings, usage } = await embedMany({
          model: model(NOVA),
          values: DOCUMENTS,
          maxRetries: 0,
        });
        expect(embeddings.map(({ length }) => length)).toEqual([3072, 3072, 3072]);
        expect(usage.tokens).toBeGreaterThan(0);
        for (const [value, answer] of QUESTIONS) {
          const { embedding } = await aiEmbed({ model: model(NOVA), value, maxRetries: 0 });
          expect(nearest(embedding, embeddings)).toBe(answer);
        }
      });

      it("reads a failure as it stands", async () => {
        house.bedrock.enqueue(THROTTLED);
        const failing = embedMany({ model: model(TITAN), values: ["x"], maxRetries: 0 });
        const error: unknown = await failing.catch((thrown: unknown) => thrown);
        expect(APICallError.isInstance(error)).toBe(true);
        expect(error).toMatchObject({ statusCode: 429, isRetryable: true });
      });
    });

    it("Python's langchain_openai, which sends token ids and asks for base64, gets what its texts would", async () => {
      // What its tiktoken makes of them: two texts, each a list of cl100k_base ids.
      const request = embeddingRequest({
        input: [
          [9906, 1917],
          [3574, 244, 98220],
        ],
        model: TITAN,
        encoding_format: "base64",
      });
      const { headers, body, method } = request;
      const init = { method, headers: Object.fromEntries(headers), body: await new Response(body).text() };
      const response = await door.fetch(`${door.baseURL}/embeddings`, init);
      expect(response.headers.get("content-type")).toMatch(/^application\/json/);
      const { data, usage } = (await response.json()) as OpenAI7.CreateEmbeddingResponse;
      expect(
        bodies(house)
          .map(({ inputText }) => inputText)
          .toSorted(),
      ).toEqual(["Hello world", "世界"]);
      const texts = await new OpenAI7(access()).embeddings.create({
        model: TITAN,
        input: ["Hello world", "世界"],
      });
      expect(data.map(({ embedding }) => floatsIn(embedding as unknown as string))).toEqual(
        texts.data.map(({ embedding }) => embedding),
      );
      expect(usage).toEqual(texts.usage);
    });
  });
}
