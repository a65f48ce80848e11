import { describe, expect, it } from "vitest";
import type { BedrockEmulator } from "../../../src/testing/index.ts";
import { createShapeJudge, hasServiceModel } from "../../support/service-model.ts";
import { signedFor } from "./native/support.ts";
import { emulator } from "./support.ts";
import type { Body } from "./support.ts";

const arnOf = (id: string, region = "us-east-1", partition = "aws") =>
  `arn:${partition}:bedrock:${region}::foundation-model/${id}`;
const COHERE = arnOf("cohere.rerank-v3-5:0");
const AMAZON = arnOf("amazon.rerank-v1:0");

const TEXTS = ["Bananas are yellow.", "Paris is France's capital.", "A capital idea"];

const textSource = (text: string): Body => ({
  type: "INLINE",
  inlineDocumentSource: { type: "TEXT", textDocument: { text } },
});
const inlineSource = (document: Body): Body => ({ type: "INLINE", inlineDocumentSource: document });

interface Asked {
  query?: Body;
  sources?: Body[];
  modelArn?: string;
  additionalModelRequestFields?: Body;
  numberOfResults?: number;
  nextToken?: string;
}

const request = ({
  query = { type: "TEXT", textQuery: { text: "the capital of France" } },
  sources = TEXTS.map(textSource),
  modelArn = COHERE,
  additionalModelRequestFields,
  numberOfResults,
  nextToken,
}: Asked = {}): Body => ({
  queries: [query],
  sources,
  rerankingConfiguration: {
    type: "BEDROCK_RERANKING_MODEL",
    bedrockRerankingConfiguration: {
      modelConfiguration: { modelArn, additionalModelRequestFields },
      numberOfResults,
    },
  },
  nextToken,
});

interface Reranked {
  results: { index: number; relevanceScore: number; document: Body }[];
  nextToken?: string;
  message?: string;
}

async function post(
  bedrock: BedrockEmulator,
  body: Body,
  headers: Record<string, string> = signedFor("bedrock"),
) {
  const response = await fetch(`${bedrock.url}/rerank`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    error: response.headers.get("x-amzn-errortype")?.split(":")[0],
    json: (await response.json()) as Reranked,
  };
}

async function verdict(body: Body, region = "us-east-1"): Promise<string> {
  const { status, error, json } = await post(await emulator({ region }), body);
  return status === 200 ? "accepted" : `${status} ${error}: ${json.message}`;
}

describe("Rerank", () => {
  it("gives the sources back with their scores, the best first", async () => {
    const bedrock = await emulator();
    const { json } = await post(bedrock, request());
    expect(json.results.map(({ index }) => index)).toEqual([1, 2, 0]);
    expect(json.results[0]).toEqual({
      index: 1,
      relevanceScore: expect.any(Number),
      document: { type: "TEXT", textDocument: { text: TEXTS[1] } },
    });
    expect(json).not.toHaveProperty("nextToken");
    expect(bedrock.requests[0]).toMatchObject({ operation: "Rerank", status: 200 });
  });

  it("reads JSON by all its strings", async () => {
    const jsonDocument = { title: "France", facts: [{ capital: "Paris" }, { people: 68e6 }, null] };
    const sources = [textSource("Bananas"), inlineSource({ type: "JSON", jsonDocument })];
    const { json } = await post(await emulator(), request({ sources }));
    expect(json.results[0]).toMatchObject({ index: 1, document: { type: "JSON", jsonDocument } });
  });

  it("gives as many as are wanted", async () => {
    const { json } = await post(await emulator(), request({ numberOfResults: 1 }));
    expect(json.results.map(({ index }) => index)).toEqual([1]);
  });

  it("turns pages of 500, which together are all", async () => {
    const bedrock = await emulator();
    const sources = Array.from({ length: 1000 }, (_, index) => textSource(`capital ${index}`));
    const seen: number[] = [];
    let nextToken: string | undefined;
    do {
      const { json } = await post(bedrock, request({ sources, ...(nextToken && { nextToken }) }));
      expect(json.results).toHaveLength(500);
      seen.push(...json.results.map(({ relevanceScore }) => relevanceScore));
      nextToken = json.nextToken;
    } while (nextToken);
    expect(bedrock.requests).toHaveLength(2);
    expect(new Set(seen).size).toBe(1000);
    expect(seen).toEqual(seen.toSorted((one, other) => other - one));
  });

  it.each([500, 1])("has one page for %d", async (numberOfResults) => {
    const sources = Array.from({ length: 501 }, (_, index) => textSource(`capital ${index}`));
    const { json } = await post(await emulator(), request({ sources, numberOfResults }));
    expect([json.results.length, json.nextToken]).toEqual([numberOfResults, undefined]);
  });

  it("passes on what is meant for the model", async () => {
    const additionalModelRequestFields = { max_tokens_per_doc: 10 };
    expect(await verdict(request({ additionalModelRequestFields }))).toBe("accepted");
    expect(await verdict(request({ modelArn: AMAZON, additionalModelRequestFields }))).toBe(
      "400 ValidationException: Malformed input request: #: extraneous key [max_tokens_per_doc] is not permitted, " +
        "please reformat your input and try again. (Service: BedrockRuntime, Status Code: 400, Request ID: " +
        "00000000-0000-4000-8000-000000000001) (SDK Attempt Count: 1)",
    );
  });

  it.runIf(hasServiceModel("bedrock-agent-runtime"))("answers as the service model has it", async () => {
    const sources = Array.from({ length: 501 }, (_, index) => textSource(`capital ${index}`));
    const { json } = await post(await emulator(), request({ sources }));
    const judge = createShapeJudge("RerankResponse", "bedrock-agent-runtime");
    expect(judge(json)).toEqual([]);
  });
});

describe("Rerank refuses", () => {
  const INVALID_ARN =
    "400 ValidationException: The provided model ARN for reranking is invalid. Please, use a valid model ARN. Also check " +
    "the model ARN follows this format: arn:<partition>:bedrock:<region>:<foundation-model/<model-id>";

  it.each([
    ["a bare id", "cohere.rerank-v3-5:0"],
    ["a model that does not rerank", arnOf("amazon.nova-pro-v1:0")],
    ["a reranking model that is none", arnOf("cohere.rerank-v9:0")],
    ["another partition", arnOf("cohere.rerank-v3-5:0", "us-east-1", "aws-us-gov")],
    ["a profile", "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456"],
  ])("%s", async (_, modelArn) => {
    expect(await verdict(request({ modelArn }))).toBe(INVALID_ARN);
  });

  it("a model of another Region", async () => {
    const elsewhere = request({ modelArn: arnOf("cohere.rerank-v3-5:0", "us-west-2") });
    expect(await verdict(elsewhere)).toBe(
      "400 ValidationException: Reranking does not support cross-region calls. Please provide a valid model ARN.",
    );
    expect(await verdict(elsewhere, "us-west-2")).toBe("accepted");
    const government = arnOf("cohere.rerank-v3-5:0", "us-gov-west-1", "aws-us-gov");
    expect(await verdict(request({ modelArn: government }), "us-gov-west-1")).toBe("accepted");
  });

  it("more results than sources", async () => {
    expect(await verdict(request({ numberOfResults: 4 }))).toBe(
      "400 ValidationException: Cannot provide numberOfResults value that exceeds the number of sources.",
    );
  });

  it("a token that it has not given", async () => {
    expect(await verdict(request({ nextToken: "zzz" }))).toBe(
      "400 ValidationException: The provided next token is invalid.",
    );
  });

  const one = (sentence: string) => `400 ValidationException: 1 validation error detected: ${sentence}`;

  it.each<[string, Body, string]>([
    [
      "no sources",
      request({ sources: [] }),
      one(
        "Value '[]' at 'sources' failed to satisfy constraint: Member must have length greater than or equal to 1",
      ),
    ],
    [
      "more than a thousand sources",
      request({ sources: Array(1001).fill(textSource("a")) }),
      one(
        "Value at 'sources' failed to satisfy constraint: Member must have length less than or equal to 1000",
      ),
    ],
    [
      "two queries",
      { ...request(), queries: [request()["queries"], request()["queries"]].flat() },
      one("Value at 'queries' failed to satisfy constraint: Member must have length less than or equal to 1"),
    ],
    [
      "a long text, without showing it",
      request({ sources: [textSource("x".repeat(32_001))] }),
      one(
        "Value at 'sources.1.member.inlineDocumentSource.textDocument.text' failed to satisfy constraint: Member must " +
          "have length less than or equal to 32000",
      ),
    ],
    [
      "an empty query",
      request({ query: { type: "TEXT", textQuery: { text: "" } } }),
      one(
        "Value at 'queries.1.member.textQuery.text' failed to satisfy constraint: Member must have length greater than " +
          "or equal to 1",
      ),
    ],
    [
      "a query without a text",
      request({ query: { type: "TEXT", textQuery: {} } }),
      "400 ValidationException: The text of queries.0.textQuery must be provided.",
    ],
    [
      "a text that is of type JSON",
      request({ sources: [inlineSource({ type: "JSON", textDocument: { text: "a" } })] }),
      "400 ValidationException: The document at sources.0.inlineDocumentSource is of type JSON and must set " +
        "jsonDocument alone.",
    ],
    [
      "two documents in one",
      request({
        sources: [inlineSource({ type: "TEXT", textDocument: { text: "a" }, jsonDocument: { a: "b" } })],
      }),
      "400 ValidationException: The document at sources.0.inlineDocumentSource is of type TEXT and must set " +
        "textDocument alone.",
    ],
    [
      "no configuration",
      { ...request(), rerankingConfiguration: undefined },
      one("Value at 'rerankingConfiguration' failed to satisfy constraint: Member must not be null"),
    ],
  ])("%s", async (_, body, said) => {
    expect(await verdict(body)).toBe(said);
  });

  it.each<[string, Record<string, string>, string]>([
    ["an API key", { authorization: "Bearer bedrock-api-key" }, "UnrecognizedClientException"],
    ["one in a header of its own", { "x-api-key": "bedrock-api-key" }, "MissingAuthenticationTokenException"],
    ["nothing", {}, "MissingAuthenticationTokenException"],
  ])("%s for a signature", async (_, headers, name) => {
    const { status, error } = await post(await emulator(), request(), headers);
    expect([status, error]).toEqual([403, name]);
  });

  it("what is signed for the host's name", async () => {
    const { status, error, json } = await post(
      await emulator(),
      request(),
      signedFor("bedrock-agent-runtime"),
    );
    expect([status, error]).toEqual([403, "InvalidSignatureException"]);
    expect(json.message).toBe("Credential should be scoped to correct service: 'bedrock'.");
  });
});

describe("a script", () => {
  it("says what Rerank answers and how it fails, once the request is right", async () => {
    const bedrock = await emulator();
    bedrock.enqueue(
      { response: { results: [] } },
      { error: { name: "DependencyFailedException", message: "later" } },
      { fault: { kind: "truncate", afterEvents: 0 } },
    );
    expect((await post(bedrock, request({ numberOfResults: 9 }))).status).toBe(400);
    expect((await post(bedrock, request())).json).toEqual({ results: [] });
    expect(await post(bedrock, request())).toMatchObject({ status: 424, json: { message: "later" } });
    await expect(post(bedrock, request())).rejects.toThrow(SyntaxError);
  });

  it("refuses the operation by its name", async () => {
    const bedrock = await emulator();
    bedrock.refuse("Rerank", { name: "AccessDeniedException", message: "not you" });
    expect(await post(bedrock, request())).toMatchObject({ status: 403, json: { message: "not you" } });
    expect((await post(bedrock, request())).status).toBe(200);
  });
});
