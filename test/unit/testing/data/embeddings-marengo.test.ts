import { describe, expect, it } from "vitest";
import { answerOf, at, refusal } from "../invoke/call.ts";
import { RED_PNG } from "../support.ts";
import { GIF, marengo, MARENGO_2, MARENGO_3 } from "./embedding-bodies.ts";
import { accepts, NO_BASE64, NO_IMAGE, RED, refuses } from "./embedding-refusals.ts";

describe("TwelveLabs Marengo Embed", () => {
  const mediaSource = { base64String: RED_PNG };
  const asynchronous = (type: string) =>
    `400 The inputType ${type} is not supported by InvokeModel. Use StartAsyncInvoke instead.`;
  const oneSource = "400 Exactly one of base64String, s3Location must be present in the media source.";

  refuses(MARENGO_2, [
    [
      "a body that does not say what it is",
      { inputText: "a" },
      refusal("#: required key [inputType] not found"),
    ],
    [
      "a type of the newer model",
      { inputType: "text_image" },
      refusal("#/inputType: text_image is not a valid enum value"),
    ],
    [
      "the newer model's nested body",
      marengo("text", { inputText: "a" }),
      refusal("2 schema violations found"),
    ],
    ["a video", { inputType: "video", mediaSource, startSec: 0 }, asynchronous("video")],
    ["a sound", { inputType: "audio", mediaSource }, asynchronous("audio")],
    [
      "a long text that must not be cut",
      { inputType: "text", inputText: "a".repeat(312), textTruncate: "none" },
      "400 The input text has 78 tokens, which exceeds the maximum of 77 tokens.",
    ],
    ["an image from nowhere", { inputType: "image", mediaSource: {} }, oneSource],
    ["a GIF", { inputType: "image", mediaSource: { base64String: GIF } }, NO_IMAGE],
  ]);
  accepts(MARENGO_2, [
    ["a long text, which it cuts", { inputType: "text", inputText: "a".repeat(312) }],
    [
      "an image in S3",
      {
        inputType: "image",
        mediaSource: { s3Location: { uri: "s3://b/k.png", bucketOwner: "123456789012" } },
      },
    ],
  ]);
  refuses("twelvelabs.marengo-embed-2-7-v1:0", [
    [
      "a call without a profile",
      { inputType: "text", inputText: "a" },
      "400 Invocation of model ID twelvelabs.marengo-embed-2-7-v1:0 with on-demand throughput isn’t supported. Retry your " +
        "request with the ID or ARN of an inference profile that contains this model.",
    ],
  ]);

  refuses(MARENGO_3, [
    [
      "the older model's flat body",
      { inputType: "text", inputText: "a" },
      refusal("2 schema violations found"),
    ],
    ["an unknown type", marengo("poem", {}), refusal("#/inputType: poem is not a valid enum value")],
    ["a video", marengo("video", { mediaSource }), asynchronous("video")],
    ["a sound", marengo("audio", { mediaSource }), asynchronous("audio")],
    [
      "a long text",
      marengo("text", { inputText: "a".repeat(2004) }),
      "400 The input text has 501 tokens, which exceeds the maximum of 500 tokens.",
    ],
    [
      "an option for videos",
      { ...marengo("text", { inputText: "a" }), embeddingOption: ["visual"] },
      refusal("#: extraneous key [embeddingOption] is not permitted"),
    ],
    [
      "an image from two places",
      marengo("image", { mediaSource: { ...mediaSource, s3Location: { uri: "s3://b/k" } } }),
      oneSource,
    ],
    ["an image that is no base64", marengo("image", { mediaSource: { base64String: RED } }), NO_BASE64],
    [
      "a picture that nobody sent",
      marengo("multi_input", {
        inputText: "<@one> and <@two>",
        mediaSources: [{ name: "one", mediaType: "image", ...mediaSource }],
      }),
      "400 No media source is named two, which inputText refers to.",
    ],
    [
      "a video among images",
      marengo("multi_input", { mediaSources: [{ mediaType: "video", ...mediaSource }] }),
      refusal("#/multi_input/mediaSources/0/mediaType: video is not a valid enum value"),
    ],
  ]);

  it("2.7 gives a list of one vector, 3.0 the vector's object", async () => {
    const older = await answerOf(MARENGO_2, { inputType: "text", inputText: "a dog" });
    expect(older).toEqual({ data: [{ embedding: expect.any(Array) }] });
    expect(at(older, "data.0.embedding")).toHaveLength(1024);
    const newer = await answerOf(MARENGO_3, marengo("text", { inputText: "a dog" }));
    expect(newer).toEqual({ data: { embedding: expect.any(Array) } });
    expect(at(newer, "data.embedding")).toHaveLength(512);
  });
});
