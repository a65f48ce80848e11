import { describe, expect, it } from "vitest";
import type { Settings } from "../../../src/embeddings/family.ts";
import type { GivenInput } from "../../../src/embeddings/given.ts";
import { settingsOf } from "../../../src/embeddings/settings.ts";
import { embeddingRequestShape } from "../../../src/openai/embedding-request.ts";
import { createNotes } from "../../../src/reception/notes.ts";
import { parseRequest } from "../../../src/reception/parse-request.ts";
import {
  ALL,
  COHERE_V3,
  COHERE_V4,
  family,
  MARENGO_2,
  MARENGO_3,
  NOVA,
  thrownBy,
  TITAN_IMAGE,
  TITAN_V1,
  TITAN_V2,
} from "./samples.ts";

const OF: Record<string, GivenInput> = {
  text: { at: "input", given: [{ kind: "text", data: "a", at: "input" }] },
  image: { at: "input", given: [{ kind: "image", data: "a", at: "input" }] },
};

const read = (
  model: string,
  body: object,
  inputs: GivenInput[] = [OF["text"]!],
): Settings & { notes: [string, string][] } => {
  const notes = createNotes();
  const request = parseRequest(embeddingRequestShape.loose(), { model, input: "a", ...body });
  const settings = settingsOf(request, inputs, family(model), notes);
  return { ...settings, notes: notes.adjustments.map(({ param, action }) => [param, action]) };
};

describe("dimensions", () => {
  it.each([
    [TITAN_V1, [1536]],
    [TITAN_V2, [256, 512, 1024]],
    [TITAN_IMAGE, [256, 384, 1024]],
    [COHERE_V3, [1024]],
    [COHERE_V4, [256, 512, 1024, 1536]],
    [NOVA, [256, 384, 1024, 3072]],
    [MARENGO_2, [1024]],
    [MARENGO_3, [512]],
  ])("of %s are %j, and none else", (model, sizes) => {
    for (const size of [128, 256, 384, 512, 1024, 1536, 3072, 1_000_000_000]) {
      if (sizes.includes(size)) {
        expect(read(model, { dimensions: size }).dimensions).toBe(sizes.length === 1 ? undefined : size);
        continue;
      }
      expect(thrownBy(() => read(model, { dimensions: size }))).toMatchObject({
        status: 400,
        code: "unsupported_value",
        param: "dimensions",
      });
    }
  });

  it("are the model's own where nobody asks", () => {
    for (const model of ALL) {
      expect(read(model, {}).dimensions).toBeUndefined();
      expect(read(model, { dimensions: null }).dimensions).toBeUndefined();
    }
  });

  it("that cannot be asked for are refused with those that can", () => {
    expect(thrownBy(() => read(TITAN_V2, { dimensions: 1536 }))).toMatchObject({
      message: expect.stringContaining("1024, 512, 256"),
    });
    expect(thrownBy(() => read(COHERE_V3, { dimensions: 256 }))).toMatchObject({
      message: expect.stringContaining("does not support specifying dimensions; it always returns 1024"),
    });
  });

  it.each<[unknown, string]>([
    [0, "integer_below_min_value"],
    [-1, "integer_below_min_value"],
    [1.5, "invalid_type"],
    ["256", "invalid_type"],
    [[256], "invalid_type"],
  ])("are a number of numbers: %j", (dimensions, code) => {
    expect(thrownBy(() => read(TITAN_V2, { dimensions }))).toMatchObject({
      status: 400,
      code,
      param: "dimensions",
    });
  });
});

describe("what vectors are for", () => {
  it.each<[string, string | undefined]>([
    ["search_document", "search_document"],
    ["search_query", "search_query"],
    ["classification", "classification"],
    ["clustering", "clustering"],
    ["document", "search_document"],
    ["query", "search_query"],
    ["passage", "search_document"],
    ["retrieval.query", "search_query"],
    ["retrieval.passage", "search_document"],
    ["separation", "clustering"],
    ["RETRIEVAL_QUERY", "search_query"],
    ["RETRIEVAL_DOCUMENT", "search_document"],
    ["CLASSIFICATION", "classification"],
    ["CLUSTERING", "clustering"],
  ])("is told in the words of every vendor: %s", (said, meant) => {
    for (const model of [COHERE_V3, COHERE_V4, NOVA]) {
      expect(read(model, { input_type: said }).inputType).toBe(meant);
      expect(read(model, { task: said })).toMatchObject({ inputType: meant, notes: [] });
    }
  });

  it("is what input_type says, where task says something else", () => {
    expect(read(COHERE_V3, { input_type: "query", task: "passage" }).inputType).toBe("search_query");
    expect(read(COHERE_V3, { input_type: null, task: "query" }).inputType).toBe("search_query");
    expect(read(COHERE_V3, { input_type: null }).inputType).toBeUndefined();
  });

  it.each([TITAN_V1, TITAN_V2, TITAN_IMAGE, MARENGO_2, MARENGO_3])(
    "is dropped with a note where it makes no difference: %s",
    (model) => {
      expect(read(model, { input_type: "query" })).toMatchObject({
        inputType: undefined,
        notes: [["input_type", "dropped"]],
      });
      expect(read(model, { task: "text-matching" }).notes).toEqual([["task", "dropped"]]);
    },
  );

  it.each<[object, string]>([
    [{ input_type: "poetry" }, "input_type"],
    [{ task: "text-matching" }, "task"],
    [{ task: { toString: 1 } }, "task"],
    [{ input_type: "constructor" }, "input_type"],
    [{ input_type: "my query" }, "input_type"],
  ])("is refused where it is nothing that models know: %j", (body, param) => {
    expect(thrownBy(() => read(COHERE_V3, body))).toMatchObject({
      status: 400,
      code: "invalid_value",
      param,
      message: expect.stringContaining("'search_query'"),
    });
  });

  it("may be image, which says nothing of an image and is not told of a text", () => {
    const said = { input_type: "image" };
    expect(read(COHERE_V3, said, [OF["image"]!])).toMatchObject({ inputType: undefined, notes: [] });
    expect(read(COHERE_V3, said, [OF["image"]!, OF["text"]!])).toMatchObject({
      inputType: undefined,
      notes: [["input_type", "dropped"]],
    });
  });
});

describe("a family's own parameters", () => {
  it.each<[string, object]>([
    [TITAN_V2, { normalize: false, embeddingTypes: ["binary"] }],
    [TITAN_IMAGE, { embeddingConfig: { outputEmbeddingLength: 256 } }],
    [COHERE_V3, { truncate: "START", embedding_types: ["int8"] }],
    [COHERE_V4, { truncate: "LEFT", embedding_types: ["int8"], max_tokens: 100 }],
    [NOVA, { embeddingPurpose: "TEXT_RETRIEVAL", truncationMode: "NONE", detailLevel: "DOCUMENT_IMAGE" }],
    [MARENGO_2, { textTruncate: "none" }],
  ])("are kept by %s, and dropped with a note by the others", (model, own) => {
    expect(read(model, own)).toMatchObject({ own, notes: [] });
    const dropped = Object.keys(own).map((name) => [name, "dropped"]);
    expect(read(TITAN_V1, own)).toMatchObject({ own: {}, notes: dropped });
  });

  it("are whatever stands in additionalModelRequestFields", () => {
    const own = { newest: { thing: true } };
    expect(read(TITAN_V1, { additionalModelRequestFields: own })).toMatchObject({ own, notes: [] });
  });

  it("are none of the words of clients, which change nothing and are named by no note but the strange ones", () => {
    const known = {
      encoding_format: "float",
      user: "u",
      metadata: { a: "b" },
      serviceTier: { type: "flex" },
    };
    expect(read(TITAN_V1, known)).toMatchObject({ own: {}, notes: [] });
    const secrets = { api_key: "k", aws_access_key_id: "k", timeout: 3 };
    expect(read(COHERE_V4, secrets)).toMatchObject({
      own: {},
      notes: [
        ["api_key", "dropped"],
        ["aws_access_key_id", "dropped"],
        ["timeout", "dropped"],
      ],
    });
  });

  it("are not what every object has", () => {
    const body = JSON.parse('{"__proto__":{"normalize":false},"constructor":1,"toString":"x"}') as object;
    const { own } = read(TITAN_V2, body);
    expect(own).toEqual({});
    expect(own["normalize"]).toBeUndefined();
  });
});
