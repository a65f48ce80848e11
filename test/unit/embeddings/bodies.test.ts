import { describe, expect, it } from "vitest";
import type { ContentBlock } from "../../../src/conversation/types.ts";
import type { Input, Settings } from "../../../src/embeddings/family.ts";
import {
  COHERE_V3,
  COHERE_V4,
  dataUrl,
  family,
  image,
  input,
  JPEG,
  MARENGO_2,
  MARENGO_3,
  NOVA,
  PNG,
  settings,
  thrownBy,
  TITAN_IMAGE,
  TITAN_V1,
  TITAN_V2,
} from "./samples.ts";

const body = (model: string, inputs: Input | Input[], given: Partial<Settings> = {}): object =>
  family(model).toBody([inputs].flat(), settings(given));

const PURPOSES = ["search_document", "search_query", "classification", "clustering"] as const;
const s3 = (kind: "image" | "audio" | "video", uri: string): ContentBlock =>
  ({ [kind]: { format: "mp4", source: { s3Location: { uri } } } }) as ContentBlock;

describe("Titan text", () => {
  it("is asked for one text", () => {
    expect(body(TITAN_V1, input("hi"))).toEqual({ inputText: "hi" });
    expect(body("amazon.titan-embed-g1-text-02", input("hi"))).toEqual({ inputText: "hi" });
    expect(body(TITAN_V2, input("hi"))).toEqual({ inputText: "hi", embeddingTypes: ["float"] });
  });

  it("v2 is told size, length and type of its vectors", () => {
    const own = { normalize: false, embeddingTypes: "binary" };
    expect(body(TITAN_V2, input("hi"), { dimensions: 256, own })).toEqual({
      inputText: "hi",
      dimensions: 256,
      normalize: false,
      embeddingTypes: ["binary"],
    });
  });
});

describe("Titan multimodal", () => {
  it("is asked for a text, an image, or what lies between them", () => {
    expect(body(TITAN_IMAGE, input("hi"))).toEqual({ inputText: "hi" });
    expect(body(TITAN_IMAGE, input(image()))).toEqual({ inputImage: PNG });
    expect(body(TITAN_IMAGE, input(image(), "a", "b"), { dimensions: 384 })).toEqual({
      inputText: "a\nb",
      inputImage: PNG,
      embeddingConfig: { outputEmbeddingLength: 384 },
    });
  });

  it("takes its own parameter before the common one", () => {
    const own = { embeddingConfig: { outputEmbeddingLength: 256 } };
    expect(body(TITAN_IMAGE, input("hi"), { dimensions: 384, own })).toEqual({ inputText: "hi", ...own });
  });
});

describe("Cohere 3", () => {
  const usual = { truncate: "END", embedding_types: ["float"] };

  it("is asked for texts, or for one image, and told what they are for", () => {
    expect(body(COHERE_V3, [input("a"), input("b")])).toEqual({
      texts: ["a", "b"],
      input_type: "search_document",
      ...usual,
    });
    expect(body(COHERE_V3, input(image(JPEG, "jpeg")), { inputType: "search_query" })).toEqual({
      images: [dataUrl(JPEG, "image/jpeg")],
      input_type: "image",
      ...usual,
    });
    for (const inputType of PURPOSES)
      expect(body(COHERE_V3, input("a"), { inputType })).toMatchObject({ input_type: inputType });
  });

  it("is told types in a list, since it refuses a word", () => {
    const own = { embedding_types: "int8", truncate: "START" };
    expect(body(COHERE_V3, input("a"), { own })).toMatchObject({
      truncate: "START",
      embedding_types: ["int8"],
    });
  });
});

describe("Cohere 4", () => {
  it("is asked for texts in the place of texts", () => {
    expect(body(COHERE_V4, [input("a"), input("b")], { dimensions: 512, inputType: "clustering" })).toEqual({
      input_type: "clustering",
      texts: ["a", "b"],
      output_dimension: 512,
      embedding_types: ["float"],
    });
  });

  it("is asked for images, and for what is put together, as lists of pieces", () => {
    expect(body(COHERE_V4, [input("a"), input(image()), input("b", image(JPEG, "jpeg"))])).toEqual({
      input_type: "search_document",
      inputs: [
        { content: [{ type: "text", text: "a" }] },
        { content: [{ type: "image_url", image_url: { url: dataUrl(PNG) } }] },
        {
          content: [
            { type: "text", text: "b" },
            { type: "image_url", image_url: { url: dataUrl(JPEG, "image/jpeg") } },
          ],
        },
      ],
      embedding_types: ["float"],
    });
  });

  it("is told two texts of one vector in the same way whatever stands beside them", () => {
    const fused = {
      content: [
        { type: "text", text: "a" },
        { type: "text", text: "b" },
      ],
    };
    expect(body(COHERE_V4, input("a", "b"))).toMatchObject({ inputs: [fused] });
    expect(body(COHERE_V4, [input("a", "b"), input(image())])).toMatchObject({ inputs: [fused, {}] });
  });

  it("takes its own parameters, the size in its own word too", () => {
    const own = { max_tokens: 9, truncate: "LEFT", output_dimension: 256, embedding_types: ["ubinary"] };
    expect(body(COHERE_V4, input("a"), { own })).toEqual({
      input_type: "search_document",
      texts: ["a"],
      ...own,
    });
  });
});

describe("Nova", () => {
  const params = (given: Input, more: Partial<Settings> = {}): object =>
    (body(NOVA, given, more) as { singleEmbeddingParams: object }).singleEmbeddingParams;

  it("is asked for one embedding, and told all that it must be", () => {
    expect(body(NOVA, input("hi"))).toEqual({
      schemaVersion: "nova-multimodal-embed-v1",
      taskType: "SINGLE_EMBEDDING",
      singleEmbeddingParams: {
        embeddingPurpose: "GENERIC_INDEX",
        text: { truncationMode: "END", value: "hi" },
      },
    });
  });

  it("is told what vectors are for in its own words, which win", () => {
    expect(PURPOSES.map((inputType) => params(input("a"), { inputType }))).toMatchObject(
      ["GENERIC_INDEX", "GENERIC_RETRIEVAL", "CLASSIFICATION", "CLUSTERING"].map((embeddingPurpose) => ({
        embeddingPurpose,
      })),
    );
    const own = { embeddingPurpose: "IMAGE_RETRIEVAL" };
    expect(params(input("a"), { inputType: "search_query", own })).toMatchObject(own);
  });

  it("is asked for images, sound and video, each told what it must be and no more", () => {
    const bytes = "AAAA";
    const own = { detailLevel: "DOCUMENT_IMAGE", truncationMode: "NONE" };
    expect(params(input(image()), { own, dimensions: 256 })).toEqual({
      embeddingPurpose: "GENERIC_INDEX",
      embeddingDimension: 256,
      image: { format: "png", source: { bytes: PNG }, detailLevel: "DOCUMENT_IMAGE" },
    });
    expect(params(input({ audio: { format: "mp3", source: { bytes } } }), { own })).toEqual({
      embeddingPurpose: "GENERIC_INDEX",
      audio: { format: "mp3", source: { bytes } },
    });
    expect(params(input({ video: { format: "mov", source: { bytes } } }), { own })).toEqual({
      embeddingPurpose: "GENERIC_INDEX",
      video: { format: "mov", source: { bytes }, embeddingMode: "AUDIO_VIDEO_COMBINED" },
    });
  });

  it("has another word than Converse for 3GP", () => {
    const video = { format: "three_gp", source: { s3Location: { uri: "s3://a/b.3gp" } } } as const;
    expect(params(input({ video }))).toMatchObject({ video: { ...video, format: "3gp" } });
  });

  it("may be given its parameters as they stand", () => {
    const own = { singleEmbeddingParams: { embeddingDimension: 384 }, taskType: "SEGMENTED_EMBEDDING" };
    expect(body(NOVA, input("a"), { own })).toMatchObject(own);
    expect(params(input("a"), { own })).toMatchObject({ text: { value: "a" } });
  });

  it("makes no two vectors of one input, of which one would be lost", () => {
    const own = { embeddingMode: "AUDIO_VIDEO_SEPARATE" };
    expect(thrownBy(() => body(NOVA, input("a"), { own }))).toMatchObject({
      status: 400,
      code: "invalid_value",
      param: "embeddingMode",
    });
  });
});

describe("Marengo", () => {
  it("2.7 is flat", () => {
    expect(body(MARENGO_2, input("hi"))).toEqual({ inputType: "text", inputText: "hi", textTruncate: "end" });
    expect(body(MARENGO_2, input("hi"), { own: { textTruncate: "none" } })).toMatchObject({
      textTruncate: "none",
    });
    expect(body(MARENGO_2, input(image()))).toEqual({
      inputType: "image",
      mediaSource: { base64String: PNG },
    });
  });

  it("3 nests what it embeds", () => {
    expect(body(MARENGO_3, input("hi"))).toEqual({ inputType: "text", text: { inputText: "hi" } });
    expect(body(MARENGO_3, input(image()))).toEqual({
      inputType: "image",
      image: { mediaSource: { base64String: PNG } },
    });
    expect(body(MARENGO_3, input("hi", image()))).toEqual({
      inputType: "text_image",
      text_image: { inputText: "hi", mediaSource: { base64String: PNG } },
    });
  });

  it("reads images from S3", () => {
    const s3Location = { uri: "s3://a/b.png" };
    const given = input(s3("image", s3Location.uri));
    expect(body(MARENGO_2, given)).toEqual({ inputType: "image", mediaSource: { s3Location } });
    expect(body(MARENGO_3, given)).toEqual({ inputType: "image", image: { mediaSource: { s3Location } } });
  });
});

describe("several types of numbers at a time", () => {
  it.each<[string, object, string]>([
    [TITAN_V2, { embeddingTypes: ["float", "binary"] }, "embeddingTypes"],
    [TITAN_V2, { embeddingTypes: [] }, "embeddingTypes"],
    [COHERE_V3, { embedding_types: ["float", "int8"] }, "embedding_types"],
    [COHERE_V4, { embedding_types: [1] }, "embedding_types"],
    [COHERE_V4, { embedding_types: null }, "embedding_types"],
  ])("have no room in an answer: %s, %j", (model, own, param) => {
    expect(thrownBy(() => body(model, input("a"), { own: { ...own } }))).toMatchObject({
      status: 400,
      code: "invalid_value",
      param,
    });
  });
});

it("a body is the same, byte for byte, for the same input", () => {
  const given = { dimensions: 256, inputType: "clustering", own: { truncate: "END" } } as const;
  for (const model of [TITAN_V2, COHERE_V4, NOVA])
    expect(JSON.stringify(body(model, input("a"), given))).toBe(
      JSON.stringify(body(model, input("a"), given)),
    );
});
