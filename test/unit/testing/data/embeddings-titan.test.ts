import { describe, expect, it } from "vitest";
import { answerOf, at, invoke, refusal } from "../invoke/call.ts";
import { RED_PNG } from "../support.ts";
import { GIF, JPEG, lengthOf, TITAN_IMAGE, TITAN_V1, TITAN_V2 } from "./embedding-bodies.ts";
import { accepts, BLANK, NO_BASE64, NO_IMAGE, RED, refuses } from "./embedding-refusals.ts";
import type { Refusals } from "./embedding-refusals.ts";

const HUGE = Buffer.concat([Buffer.from(RED_PNG, "base64"), Buffer.alloc(5 * 1024 * 1024)]).toString(
  "base64",
);

describe("Titan Text Embeddings", () => {
  const common: Refusals = [
    ["no text at all", {}, refusal("required key [inputText] not found")],
    ["an empty text", { inputText: "" }, BLANK],
    ["a text of white space", { inputText: " \n\t" }, BLANK],
    ["several texts", { inputText: ["a", "b"] }, refusal("expected type: String, found: JSONArray")],
    [
      "a text that is too long",
      { inputText: "a".repeat(50_001) },
      refusal("expected maxLength: 50000, actual: 50001"),
    ],
    [
      "a text of too many tokens",
      { inputText: "a".repeat(36_000) },
      "400 400 Bad Request: Too many input tokens. Max input tokens: 8192, request input token count: 9000 ",
    ],
    [
      "what is another model's",
      { texts: ["a"], input_type: "search_query" },
      refusal("3 schema violations found"),
    ],
    [
      "Titan's own settings for text",
      { inputText: "a", textGenerationConfig: {} },
      refusal("extraneous key [textGenerationConfig] is not permitted"),
    ],
  ];
  describe.each([TITAN_V1, "amazon.titan-embed-g1-text-02", TITAN_V2])("%s", (model) => {
    refuses(model, common);
  });
  refuses(TITAN_V1, [
    [
      "dimensions, where there is but one",
      { inputText: "a", dimensions: 256 },
      refusal("extraneous key [dimensions] is not permitted"),
    ],
  ]);
  refuses(TITAN_V2, [
    [
      "dimensions that it does not have",
      { inputText: "a", dimensions: 384 },
      refusal("384 is not a valid enum value"),
    ],
    [
      "dimensions in words",
      { inputText: "a", dimensions: "256" },
      refusal("expected type: Integer, found: String"),
    ],
    [
      "types that it does not have",
      { inputText: "a", embeddingTypes: ["int8"] },
      refusal("int8 is not a valid enum value"),
    ],
    [
      "a normalize that is no flag",
      { inputText: "a", normalize: 1 },
      refusal("expected type: Boolean, found: Integer"),
    ],
  ]);

  it.each([TITAN_V1, "amazon.titan-embed-g1-text-02"])(
    "%s gives one vector and counts its tokens",
    async (model) => {
      const { headers, json } = await invoke(model, { inputText: "hello world" });
      const { embedding, ...rest } = json() as { embedding: number[] };
      expect(embedding).toHaveLength(1536);
      expect(rest).toEqual({ inputTextTokenCount: 3 });
      expect(headers.get("x-amzn-bedrock-input-token-count")).toBe("3");
    },
  );

  it("gives floats twice, as AWS does, and bits only where they were asked for", async () => {
    const floats = await answerOf(TITAN_V2, { inputText: "hello" });
    expect(floats["embedding"]).toHaveLength(1024);
    expect(floats["embeddingsByType"]).toEqual({ float: floats["embedding"] });
    const both = await answerOf(TITAN_V2, { inputText: "hello", embeddingTypes: ["binary", "float"] });
    expect(both["embedding"]).toEqual(floats["embedding"]);
    const bits = at(both, "embeddingsByType.binary") as number[];
    expect(bits).toEqual((floats["embedding"] as number[]).map((value) => (value > 0 ? 1 : 0)));
    const binary = await answerOf(TITAN_V2, { inputText: "hello", embeddingTypes: ["binary"] });
    expect(binary).toEqual({ embeddingsByType: { binary: bits }, inputTextTokenCount: 2 });
  });

  it("leaves a vector at its own length when it is told to", async () => {
    const { embedding } = await answerOf(TITAN_V2, { inputText: "hello", normalize: false });
    expect(lengthOf(embedding as number[])).toBeGreaterThan(2);
  });
});

describe("Titan Multimodal Embeddings", () => {
  refuses(TITAN_IMAGE, [
    [
      "a body without an input",
      { embeddingConfig: {} },
      refusal("#: required key [inputText] not found, #: required key [inputImage] not found"),
    ],
    ["a blank text", { inputText: " " }, refusal("#/inputText: expected minLength: 1, actual: 0")],
    [
      "a long text",
      { inputText: "a".repeat(1028) },
      "400 400 Bad Request: Too many input tokens. Max input tokens: 256, request input token count: 257 ",
    ],
    ["an image that is no base64", { inputImage: "no base64!" }, NO_BASE64],
    ["a data URI, which it wants bare", { inputImage: RED }, NO_BASE64],
    ["bytes that are no image", { inputImage: Buffer.from("hello!").toString("base64") }, NO_IMAGE],
    ["a GIF", { inputImage: GIF }, NO_IMAGE],
    [
      "an image of more than 5 MB",
      { inputImage: HUGE },
      `400 image exceeds 5 MB maximum: ${5 * 1024 * 1024 + 75} bytes > ${5 * 1024 * 1024} bytes`,
    ],
    [
      "dimensions that it does not have",
      { inputText: "a", embeddingConfig: { outputEmbeddingLength: 512 } },
      refusal("#/embeddingConfig/outputEmbeddingLength: 512 is not a valid enum value"),
    ],
    [
      "the newer model's dimensions",
      { inputText: "a", dimensions: 256 },
      refusal("#: extraneous key [dimensions] is not permitted"),
    ],
  ]);
  accepts(TITAN_IMAGE, [["a JPEG", { inputImage: JPEG }]]);

  it.each([TITAN_IMAGE, `${TITAN_IMAGE}:0`])("%s answers with a message that says nothing", async (model) => {
    const { embedding, ...rest } = await answerOf(model, { inputText: "hello", inputImage: RED_PNG });
    expect(embedding).toHaveLength(1024);
    expect(rest).toEqual({ inputTextTokenCount: 2, message: null });
  });
});
