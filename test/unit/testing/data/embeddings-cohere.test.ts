import { describe, expect, it } from "vitest";
import { answerOf, invoke, refusal } from "../invoke/call.ts";
import { RED_PNG } from "../support.ts";
import { cohere, COHERE_V3, COHERE_V4, dataUri, GIF, JPEG, png } from "./embedding-bodies.ts";
import { accepts, NO_BASE64, NO_IMAGE, RED, refuses } from "./embedding-refusals.ts";

const BAD_COMBINATION = "400 Invalid parameter combination. Please check and try again.";
const TOO_LONG = "400 Input is too long for requested model.";
const NO_DATA_URI = "400 The image must be a valid data URI: data:image/<format>;base64,<data>";
const times = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);

describe("Cohere Embed", () => {
  const hello = cohere({ texts: ["hello"] });

  describe.each([COHERE_V3, "cohere.embed-multilingual-v3"])("%s", (model) => {
    refuses(model, [
      [
        "another model's body, naming every fault",
        { inputText: "a" },
        refusal(
          "#: required key [images] not found#: required key [texts] not found#: required key [input_type] not found" +
            "#: extraneous key [inputText] is not permitted",
        ),
      ],
      [
        "a body that does not say what it is for",
        { texts: ["a"] },
        refusal("#: required key [input_type] not found"),
      ],
      [
        "97 texts",
        cohere({ texts: times(97, "a") }),
        refusal("#/texts: expected maximum item count: 96, found: 97"),
      ],
      [
        "every text that is too long, whatever is to be cut",
        cohere({ texts: ["a", "b".repeat(2049), "c".repeat(3000)], truncate: "END" }),
        refusal(
          "#/texts/1: expected maxLength: 2048, actual: 2049#/texts/2: expected maxLength: 2048, actual: 3000",
        ),
      ],
      ["more than 512 tokens", cohere({ texts: ["日".repeat(513)] }), TOO_LONG],
      [
        "more than 512 tokens that must not be cut",
        cohere({ texts: ["日".repeat(513)], truncate: "NONE" }),
        TOO_LONG,
      ],
      [
        "one type that is no list",
        cohere({ texts: ["a"], embedding_types: "float" }),
        refusal("#/embedding_types: expected type: JSONArray, found: String"),
      ],
      [
        "a type that it does not have",
        cohere({ texts: ["a"], embedding_types: ["base64"] }),
        refusal("#/embedding_types/0: base64 is not a valid enum value"),
      ],
      [
        "a side by its newer name",
        cohere({ texts: ["a"], truncate: "RIGHT" }),
        refusal("#/truncate: RIGHT is not a valid enum value"),
      ],
      [
        "dimensions, where there is but one",
        cohere({ texts: ["a"], output_dimension: 256 }),
        refusal("#: extraneous key [output_dimension] is not permitted"),
      ],
      [
        "two images",
        { input_type: "image", images: [RED, RED] },
        refusal("#/images: expected maximum item count: 1, found: 2"),
      ],
      ["texts and an image at once", cohere({ texts: ["a"], images: [RED] }), BAD_COMBINATION],
      ["no text in the list", cohere({ texts: [] }), BAD_COMBINATION],
      ["an image that is called a document", cohere({ images: [RED] }), BAD_COMBINATION],
      ["a text that is called an image", { input_type: "image", texts: ["a"] }, BAD_COMBINATION],
      ["an image that is no data URI", { input_type: "image", images: [RED_PNG] }, NO_DATA_URI],
      [
        "an image behind a URL",
        { input_type: "image", images: ["https://example.com/red.png"] },
        NO_DATA_URI,
      ],
      ["an image that is no base64", { input_type: "image", images: [dataUri("%%%%")] }, NO_BASE64],
      ["a GIF", { input_type: "image", images: [dataUri(GIF, "gif")] }, NO_IMAGE],
    ]);
    accepts(model, [
      ["an empty text", cohere({ texts: [""] })],
      ["96 texts of 2048 characters", cohere({ texts: times(96, "a".repeat(2048)) })],
      [
        "more tokens than it reads, where it may cut",
        cohere({ texts: ["日".repeat(513)], truncate: "START" }),
      ],
      ["a JPEG", { input_type: "image", images: [dataUri(JPEG, "jpeg")] }],
    ]);
  });

  refuses(COHERE_V4, [
    [
      "97 texts",
      cohere({ texts: times(97, "a") }),
      refusal("#/texts: expected maximum item count: 96, found: 97"),
    ],
    [
      "dimensions that it does not have",
      cohere({ texts: ["a"], output_dimension: 384 }),
      refusal("#/output_dimension: 384 is not a valid enum value"),
    ],
    [
      "the older model's name for images",
      { input_type: "image", images: [RED] },
      refusal("#/input_type: image is not a valid enum value"),
    ],
    [
      "a side that there is not",
      cohere({ texts: ["a"], truncate: "MIDDLE" }),
      refusal("#/truncate: MIDDLE is not a valid enum value"),
    ],
    [
      "a budget above its context",
      cohere({ texts: ["a"], max_tokens: 128_001 }),
      refusal("#/max_tokens: 128001 is not less or equal to 128000"),
    ],
    ["a text above the budget", cohere({ texts: ["a".repeat(41)], max_tokens: 10 }), TOO_LONG],
    ["texts and images at once", cohere({ texts: ["a"], images: [RED] }), BAD_COMBINATION],
    [
      "texts beside mixed inputs",
      cohere({ texts: ["a"], inputs: [{ content: [{ type: "text", text: "a" }] }] }),
      BAD_COMBINATION,
    ],
    [
      "an input without a part",
      cohere({ inputs: [{ content: [] }] }),
      refusal("#/inputs/0/content: expected minimum item count: 1, found: 0"),
    ],
    [
      "an image part that is a bare string",
      cohere({ inputs: [{ content: [{ type: "image_url", image_url: RED }] }] }),
      refusal("#/inputs/0/content/0/image_url: expected type: JSONObject, found: String"),
    ],
    [
      "an image part behind a URL",
      cohere({ inputs: [{ content: [{ type: "image_url", image_url: { url: "https://example.com" } }] }] }),
      NO_DATA_URI,
    ],
  ]);
  accepts(COHERE_V4, [
    ...["NONE", "LEFT", "RIGHT", "START", "END"].map(
      (truncate) => [`truncate ${truncate}`, { ...hello, truncate }] as const,
    ),
    ["long texts", cohere({ texts: ["a".repeat(100_000)] })],
    ["96 images", cohere({ images: times(96, RED) })],
    ["GIFs", cohere({ images: [dataUri(GIF, "gif")] })],
  ]);

  it("gives plain vectors, echoes the texts to the letter, and tells tokens in the header alone", async () => {
    const texts = ['[0.1, 0.2], "embeddings": [[1]]', "  Two \u{1F600} "];
    const { headers, json } = await invoke(COHERE_V3, cohere({ texts }));
    const answer = json() as { embeddings: number[][] };
    expect(answer).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      embeddings: expect.any(Array),
      response_type: "embeddings_floats",
      texts,
    });
    expect(answer.embeddings.map((vector) => vector.length)).toEqual([1024, 1024]);
    expect(Number(headers.get("x-amzn-bedrock-input-token-count"))).toBeGreaterThan(5);
  });

  it.each([COHERE_V3, COHERE_V4])(
    "%s gives an object by type as soon as one type is named",
    async (model) => {
      const answer = await answerOf(model, { ...hello, embedding_types: ["float"] });
      expect(answer).toMatchObject({ response_type: "embeddings_by_type", texts: ["hello"] });
      expect(Object.keys(answer["embeddings"] as object)).toEqual(["float"]);
    },
  );

  it("gives integers and packed bits of the same vector", async () => {
    const embedding_types = ["float", "int8", "uint8", "binary", "ubinary"];
    const { embeddings } = await answerOf(COHERE_V4, { ...hello, embedding_types, output_dimension: 256 });
    const { float, int8, uint8, binary, ubinary } = Object.fromEntries(
      Object.entries(embeddings as Record<string, number[][]>).map(([type, [vector = []]]) => [type, vector]),
    );
    expect(int8).toEqual(float?.map((value) => Math.round(value * 127) || 0));
    expect(uint8).toEqual(int8?.map((value) => value + 128));
    expect(ubinary).toHaveLength(32);
    const bits = ubinary?.flatMap((byte) => [...byte.toString(2).padStart(8, "0")].map(Number));
    expect(bits).toEqual(float?.map((value) => (value > 0 ? 1 : 0)));
    expect(binary).toEqual(ubinary?.map((byte) => byte - 128));
  });

  it("v3 describes the image it was given, and has no text to echo", async () => {
    const { headers, json } = await invoke(COHERE_V3, { input_type: "image", images: [RED] });
    expect(json()).toMatchObject({
      texts: [],
      images: [{ width: 2, height: 3, format: "png", bit_depth: 24 }],
    });
    expect(headers.has("x-amzn-bedrock-input-token-count")).toBe(false);
  });

  it("v4 echoes mixed inputs, and counts the pixels among the tokens", async () => {
    const inputs = [
      {
        content: [
          { type: "text", text: "a caption" },
          { type: "image_url", image_url: { url: dataUri(png(0, 0, 255, 280)) } },
        ],
      },
    ];
    const { headers, json } = await invoke(COHERE_V4, cohere({ inputs, output_dimension: 512 }));
    const { embeddings, ...rest } = json() as { embeddings: number[][] };
    expect(embeddings.map((vector) => vector.length)).toEqual([512]);
    expect(rest).toEqual({ id: expect.any(String), response_type: "embeddings_floats", inputs });
    expect(headers.get("x-amzn-bedrock-input-token-count")).toBe(String(400 + 3));
  });
});
