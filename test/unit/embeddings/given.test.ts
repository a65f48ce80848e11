import { describe, expect, it } from "vitest";
import { givenInputs } from "../../../src/embeddings/given.ts";
import { type EmbeddingInput, embeddingRequestShape } from "../../../src/openai/embedding-request.ts";
import { parseRequest } from "../../../src/reception/parse-request.ts";
import { dataUrl, PNG, times } from "./samples.ts";

const parse = (input: unknown): EmbeddingInput =>
  parseRequest(embeddingRequestShape.loose(), { model: "m", input }).input;

const given = (input: unknown, maxChars = 1_000_000): ReturnType<typeof givenInputs> =>
  givenInputs(parse(input), { maxChars });

const text = (data: string, at: string) => ({ given: [{ kind: "text", data, at }], at });

describe("what is given", () => {
  it.each<[string, unknown, [string, string][]]>([
    ["a text", "hi", [["hi", "input"]]],
    [
      "texts",
      ["a", " "],
      [
        ["a", "input[0]"],
        [" ", "input[1]"],
      ],
    ],
    ["token ids", [9906, 1917], [["Hello world", "input"]]],
    [
      "lists of token ids",
      [[9906], [1917]],
      [
        ["Hello", "input[0]"],
        [" world", "input[1]"],
      ],
    ],
    ["a text of an address", "https://example.com/a.png", [["https://example.com/a.png", "input"]]],
    ["a text about data URLs", "data: a URL of data", [["data: a URL of data", "input"]]],
    ["a document's data URL", "data:text/plain;base64,aGk=", [["data:text/plain;base64,aGk=", "input"]]],
  ])("as %s is text", async (_, input, texts) => {
    expect(await given(input)).toEqual(texts.map(([data, at]) => text(data, at)));
  });

  it.each<[string, unknown, object]>([
    ["Jina's", { text: "a" }, { kind: "text", data: "a", at: "input[0].text" }],
    ["Jina's", { image: PNG }, { kind: "image", data: PNG, at: "input[0].image" }],
    ["Jina's", { image: { url: "u" } }, { kind: "image", data: "u", at: "input[0].image.url" }],
    ["Jina's", { audio: "s3://a/b.mp3" }, { kind: "audio", data: "s3://a/b.mp3", at: "input[0].audio" }],
    ["Jina's", { video: "u", image: null }, { kind: "video", data: "u", at: "input[0].video" }],
    [
      "OpenAI's",
      { type: "image_url", image_url: { url: "u", detail: "low" } },
      { kind: "image", data: "u", at: "input[0].image_url.url" },
    ],
    [
      "OpenAI's",
      { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } },
      { kind: "audio", data: "AAAA", declared: "wav", at: "input[0].input_audio.data" },
    ],
    [
      "OpenAI's",
      { type: "video_url", video_url: { url: "u", format: "video/mp4" } },
      { kind: "video", data: "u", declared: "video/mp4", at: "input[0].video_url.url" },
    ],
    [
      "LiteLLM's",
      dataUrl(PNG).replace("data:image", "DATA:Image"),
      { kind: "image", data: `DATA:Image/png;base64,${PNG}`, at: "input[0]" },
    ],
  ])("in %s way is a piece: %j", async (_, item, piece) => {
    const [only, ...more] = await given([item]);
    expect(only!.given).toMatchObject([piece]);
    expect(more).toEqual([]);
  });

  it("in Cohere's way is several pieces of one vector, in their order", async () => {
    const content = [
      { type: "text", text: "a" },
      { type: "image_url", image_url: { url: "u" } },
      { text: "b" },
    ];
    expect(await given(["first", { content }])).toEqual([
      text("first", "input[0]"),
      {
        at: "input[1]",
        given: [
          { kind: "text", data: "a", at: "input[1].content[0].text" },
          { kind: "image", data: "u", declared: undefined, at: "input[1].content[1].image_url.url" },
          { kind: "text", data: "b", at: "input[1].content[2].text" },
        ],
      },
    ]);
  });

  it("may be one piece without a list", async () => {
    expect(await given({ text: "a" })).toMatchObject([{ at: "input", given: [{ data: "a" }] }]);
    expect(await given({ content: [{ text: "a" }] })).toMatchObject([
      { given: [{ data: "a", at: "input.content[0].text" }] },
    ]);
  });

  it("may be 2,048 inputs", async () => {
    expect(await given(times(2048, "a"))).toHaveLength(2048);
    expect(await given(times(2048, [9906]))).toHaveLength(2048);
  });

  it("keeps a half of a character, which the courier mends", async () => {
    expect(await given("a\ud800")).toEqual([text("a\ud800", "input")]);
  });
});

describe("a bad input", () => {
  it.each<[string, unknown, string, string]>([
    ["no text", "", "input", "invalid_value"],
    ["an empty text among others", ["a", ""], "input[1]", "invalid_value"],
    ["an empty piece", [{ text: "" }], "input[0].text", "invalid_value"],
    [
      "an empty piece of several",
      { content: [{ text: "a" }, { text: "" }] },
      "input.content[1].text",
      "invalid_value",
    ],
    ["no inputs", [], "input", "empty_array"],
    ["an empty list of token ids", [[1], []], "input[1]", "empty_array"],
    ["too many inputs", times(2049, "a"), "input", "array_above_max_length"],
    ["too many lists", times(2049, [1]), "input", "array_above_max_length"],
    ["nothing", undefined, "input", "missing_required_parameter"],
    ["null", null, "input", "invalid_type"],
    ["a number", 1, "input", "invalid_type"],
    ["true", true, "input", "invalid_type"],
    ["null in a list", ["a", null], "input[1]", "invalid_type"],
    ["a number after a text", ["a", 1], "input[1]", "invalid_type"],
    ["a text after a number", [1, "a"], "input[1]", "invalid_type"],
    ["token ids after a text", ["a", [1]], "input[1]", "invalid_type"],
    ["a text after token ids", [[1], "a"], "input[1]", "invalid_type"],
    ["half a token", [1, 1.5], "input[1]", "invalid_type"],
    ["less than a token", [[1, -1]], "input[0][1]", "integer_below_min_value"],
    ["more than a token", [1e300], "input[0]", "integer_above_max_value"],
    ["an object of nothing", [{}], "input[0]", "invalid_value"],
    ["a kind without its content", [{ type: "text" }], "input[0]", "invalid_value"],
    ["a kind that nobody knows", [{ type: "file", text: "a" }], "input[0].type", "invalid_value"],
    ["no content", { content: [] }, "input.content", "empty_array"],
    ["too much content", { content: times(65, { text: "a" }) }, "input.content", "array_above_max_length"],
    ["content that is text", { content: "a" }, "input.content", "invalid_type"],
    ["content in content", { content: [{ content: [{ text: "a" }] }] }, "input.content[0]", "invalid_value"],
    [
      "an image without an address",
      [{ image_url: {} }],
      "input[0].image_url.url",
      "missing_required_parameter",
    ],
    ["an image of no length", [{ image: "" }], "input[0].image", "string_below_min_length"],
    ["a text that is a number", [{ text: 1 }], "input[0].text", "invalid_type"],
    ["token ids that are none", [9906, 100_300], "input", "invalid_value"],
    ["token ids that are none in a list", [[9906], [999_999]], "input[1]", "invalid_value"],
  ])("is refused where it is: %s", async (_, input, param, code) => {
    const failing = (async () => given(input))();
    await expect(failing).rejects.toMatchObject({ status: 400, type: "invalid_request_error", param, code });
  });

  it("is named by its first fault alone, however many there are", async () => {
    const failing = (async () => given(["a", 1, null, {}]))();
    await expect(failing).rejects.toMatchObject({ param: "input[1]" });
  });

  it("of token ids may not stand for more text than a body could hold", async () => {
    await expect(given(times(100, 9906), 499)).rejects.toMatchObject({ status: 400, param: "input" });
    expect(await given(times(100, 9906), 500)).toEqual([text("Hello".repeat(100), "input")]);
  });
});
