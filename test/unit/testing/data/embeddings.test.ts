import { beforeAll, describe, expect, it } from "vitest";
import type { BedrockEmulator } from "../../../../src/testing/index.ts";
import { startBedrockEmulator } from "../../../../src/testing/index.ts";
import { answerOf, at } from "../invoke/call.ts";
import type { Body } from "../support.ts";
import {
  cohere,
  COHERE_V3,
  COHERE_V4,
  cosine,
  dataUri,
  lengthOf,
  marengo,
  MARENGO_2,
  MARENGO_3,
  nova,
  NOVA,
  novaText,
  png,
  TITAN_IMAGE,
  TITAN_V1,
  TITAN_V2,
  vectorOf,
} from "./embedding-bodies.ts";

let bedrock: BedrockEmulator;
beforeAll(async () => {
  bedrock = await startBedrockEmulator();
  return () => bedrock.close();
});

/** Every family in every dimension, by how a text is put to it. */
const SPACES: [name: string, model: string, dimensions: number, body: (text: string) => Body][] = [
  ["Titan v1", TITAN_V1, 1536, (inputText) => ({ inputText })],
  ...[256, 512, 1024].map((dimensions): (typeof SPACES)[number] => [
    "Titan v2",
    TITAN_V2,
    dimensions,
    (inputText) => ({ inputText, dimensions }),
  ]),
  ...[256, 384, 1024].map((outputEmbeddingLength): (typeof SPACES)[number] => [
    "Titan multimodal",
    TITAN_IMAGE,
    outputEmbeddingLength,
    (inputText) => ({ inputText, embeddingConfig: { outputEmbeddingLength } }),
  ]),
  ["Cohere v3", COHERE_V3, 1024, (text) => cohere({ texts: [text] })],
  ...[256, 512, 1024, 1536].map((output_dimension): (typeof SPACES)[number] => [
    "Cohere v4",
    COHERE_V4,
    output_dimension,
    (text) => cohere({ texts: [text], output_dimension }),
  ]),
  ...[256, 384, 1024, 3072].map((embeddingDimension): (typeof SPACES)[number] => [
    "Nova",
    NOVA,
    embeddingDimension,
    (text) => nova({ ...novaText(text), embeddingDimension }),
  ]),
  ["Marengo 2.7", MARENGO_2, 1024, (inputText) => ({ inputType: "text", inputText })],
  ["Marengo 3.0", MARENGO_3, 512, (inputText) => marengo("text", { inputText })],
];

const embed = async (text: string): Promise<number[]> => vectorOf(TITAN_V2, { inputText: text }, bedrock);
const embedImage = async (inputImage: string, inputText?: string): Promise<number[]> =>
  vectorOf(TITAN_IMAGE, { inputImage, ...(inputText !== undefined && { inputText }) }, bedrock);
const nearness = async (one: string, other: string): Promise<number> =>
  cosine(await embed(one), await embed(other));

describe.each(SPACES)("%s (%s) in %i dimensions", (_, model, dimensions, body) => {
  it("gives vectors of length 1, always the same, and nearer where words are shared", async () => {
    const vector = (text: string) => vectorOf(model, body(text), bedrock);
    const query = await vector("How do I water a cactus?");
    expect(query).toHaveLength(dimensions);
    expect(await vector("How do I water a cactus?")).toEqual(query);
    const answer = await vector("A cactus needs little water in winter.");
    const other = await vector("The invoice is due in thirty days.");
    for (const each of [query, answer, other]) expect(lengthOf(each)).toBeCloseTo(1, 6);
    expect(cosine(query, answer)).toBeGreaterThan(cosine(query, other) + 0.2);
  });
});

describe("a text's vector", () => {
  it("finds the document that speaks of what is asked", async () => {
    const documents = [
      "Refunds are paid within five days to the card that was charged.",
      "Our stores open at nine and close at six, Sundays excepted.",
      "Passwords can be reset on the page of your account.",
    ];
    const { embeddings } = await answerOf(COHERE_V4, cohere({ texts: documents }), bedrock);
    const ask = async (text: string) => {
      const query = await vectorOf(COHERE_V4, { input_type: "search_query", texts: [text] }, bedrock);
      const scores = (embeddings as number[][]).map((vector) => cosine(query, vector));
      return scores.indexOf(Math.max(...scores));
    };
    expect(await ask("When will my refund be paid?")).toBe(0);
    expect(await ask("when does the store open on sunday")).toBe(1);
    expect(await ask("I want to reset the password of my account")).toBe(2);
  });

  it.each([
    ["cat", "cats"],
    ["Cat", "cat"],
    ["cities", "City"],
    ["running", "runs"],
    ["boxes", "box"],
    ["making", "makes"],
    ["baked", "baking"],
    ["ｃａｆé", "cafe\u0301"],
  ])("%s is near %s", async (one, other) => {
    expect(await nearness(one, other)).toBeGreaterThan(0.99);
  });

  it.each([
    ["cat", "dog"],
    ["bus", "bed"],
    ["日", "月"],
    ["the cat", "the dog"],
  ])("%s is far from %s", async (one, other) => {
    expect(await nearness(one, other)).toBeLessThan(0.2);
  });

  it.each([
    ["москва столица", "столица франции"],
    ["東京の天気", "大阪の天気"],
  ])("words are found in every script: %s, %s", async (one, other) => {
    expect(await nearness(one, other)).toBeGreaterThan(0.3);
  });

  it("is its own: no other text has it, though it has the same words", async () => {
    const texts = ["dog bites man", "man bites dog", "Dog bites man.", "dog  bites man"];
    const vectors = await Promise.all(texts.map(embed));
    expect(new Set(vectors.map((vector) => vector.join())).size).toBe(texts.length);
    expect(cosine(vectors[0] ?? [], vectors[1] ?? [])).toBeGreaterThan(0.99);
  });

  it.each(["!?", "\u{1F600}", "…"])("is there for a text without words: %s", async (text) => {
    const vector = await embed(text);
    expect(lengthOf(vector)).toBeCloseTo(1, 6);
    expect(cosine(vector, await embed(`${text}!`))).toBeLessThan(0.5);
  });

  it("is there for an empty text, which Cohere takes", async () => {
    expect(lengthOf(await vectorOf(COHERE_V3, cohere({ texts: [""] }), bedrock))).toBeCloseTo(1, 6);
  });

  it("does not depend on what it is for, nor on its neighbours in a call", async () => {
    const texts = ["one", "two", "three"];
    const all = await Promise.all(
      ["search_document", "search_query", "classification", "clustering"].map((input_type) =>
        answerOf(COHERE_V3, { input_type, texts }, bedrock),
      ),
    );
    for (const { embeddings } of all) expect(embeddings).toEqual(all[0]?.["embeddings"]);
    expect(at(all[0], "embeddings.1")).toEqual(
      await vectorOf(COHERE_V3, cohere({ texts: ["two"] }), bedrock),
    );
    const purposes = await Promise.all(
      ["GENERIC_INDEX", "TEXT_RETRIEVAL"].map((embeddingPurpose) =>
        vectorOf(NOVA, nova({ ...novaText("one"), embeddingPurpose }), bedrock),
      ),
    );
    expect(purposes[0]).toEqual(purposes[1]);
  });

  it("has the digits of a 32-bit float", async () => {
    for (const value of await embed("hello")) expect(Math.abs(Math.fround(value) - value)).toBeLessThan(1e-8);
  });
});

describe("an image's vector", () => {
  it("is near the name of its colour, and far from the others'", async () => {
    const images = { red: png(220, 10, 10), blue: png(10, 10, 220), green: png(20, 170, 30) };
    for (const [name, bytes] of Object.entries(images)) {
      const image = await embedImage(bytes);
      expect(lengthOf(image)).toBeCloseTo(1, 6);
      const nearest = await Promise.all(
        ["red", "blue", "green", "yellow"].map(
          async (word) => [word, cosine(image, await embed(word))] as const,
        ),
      );
      expect(nearest.toSorted(([, one], [, other]) => other - one)[0]?.[0]).toBe(name);
    }
  });

  it("tells two images of one colour apart", async () => {
    const [small, large] = [await embedImage(png(220, 10, 10)), await embedImage(png(220, 10, 10, 8))];
    expect(small).not.toEqual(large);
    expect(cosine(small, large)).toBeGreaterThan(0.5);
  });

  it("with a text beside it lies between both", async () => {
    const [text, image] = [await embed("cactus"), await embedImage(png(10, 10, 220))];
    const both = await embedImage(png(10, 10, 220), "cactus");
    expect(lengthOf(both)).toBeCloseTo(1, 6);
    for (const one of [text, image]) expect(cosine(both, one)).toBeCloseTo(Math.SQRT1_2, 1);
  });

  it("is the same in every way it can be sent", async () => {
    const blue = png(10, 10, 220);
    const inputs = [{ content: [{ type: "image_url", image_url: { url: dataUri(blue) } }] }];
    const mediaSource = { base64String: blue };
    const multi = marengo("multi_input", {
      inputText: "<@it>",
      mediaSources: [{ name: "it", mediaType: "image", ...mediaSource }],
    });
    expect(await vectorOf(COHERE_V4, cohere({ inputs }), bedrock)).toEqual(
      await vectorOf(COHERE_V4, cohere({ images: [dataUri(blue)] }), bedrock),
    );
    expect(await vectorOf(MARENGO_3, multi, bedrock)).toEqual(
      await vectorOf(MARENGO_3, marengo("image", { mediaSource }), bedrock),
    );
    const withText = marengo("text_image", { inputText: "cactus", mediaSource });
    expect(
      cosine(
        await vectorOf(MARENGO_3, withText, bedrock),
        await vectorOf(MARENGO_3, marengo("text", { inputText: "cactus" }), bedrock),
      ),
    ).toBeGreaterThan(0.5);
  });
});
