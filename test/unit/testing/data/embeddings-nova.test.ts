import { describe, expect, it } from "vitest";
import { answerOf, at, invoke, refusal } from "../invoke/call.ts";
import { RED_PNG } from "../support.ts";
import type { Body } from "../support.ts";
import { nova, NOVA, novaText } from "./embedding-bodies.ts";
import { NO_IMAGE, refuses } from "./embedding-refusals.ts";

describe("Nova Multimodal Embeddings", () => {
  const image = { format: "png", source: { bytes: RED_PNG } };
  const params = (key: string) => refusal(`#/singleEmbeddingParams: required key [${key}] not found`);
  refuses(NOVA, [
    [
      "Titan's body, which it takes for a chat's",
      { inputText: "a" },
      refusal("#: required key [messages] not found"),
    ],
    [
      "a body without a task",
      { singleEmbeddingParams: { embeddingPurpose: "CLUSTERING" } },
      refusal("#: required key [taskType] not found"),
    ],
    [
      "a body without parameters",
      { taskType: "SINGLE_EMBEDDING" },
      refusal("#: required key [singleEmbeddingParams] not found"),
    ],
    [
      "an embedding without a purpose",
      { taskType: "SINGLE_EMBEDDING", singleEmbeddingParams: novaText("a") },
      params("embeddingPurpose"),
    ],
    [
      "a purpose that it does not know",
      nova({ ...novaText("a"), embeddingPurpose: "SEARCH" }),
      refusal("#/singleEmbeddingParams/embeddingPurpose: SEARCH is not a valid enum value"),
    ],
    [
      "segments, which take their time",
      nova(novaText("a"), { taskType: "SEGMENTED_EMBEDDING" }),
      refusal("#/taskType: SEGMENTED_EMBEDDING is not a valid enum value"),
    ],
    [
      "another schema",
      nova(novaText("a"), { schemaVersion: "messages-v1" }),
      refusal("#/schemaVersion: messages-v1 is not a valid enum value"),
    ],
    [
      "dimensions that it does not have",
      nova({ ...novaText("a"), embeddingDimension: 512 }),
      refusal("#/singleEmbeddingParams/embeddingDimension: 512 is not a valid enum value"),
    ],
    [
      "a text that does not say how to cut it",
      nova({ text: { value: "a" } }),
      refusal("#/singleEmbeddingParams/text: required key [truncationMode] not found"),
    ],
    [
      "an empty text",
      nova(novaText("")),
      refusal("#/singleEmbeddingParams/text/value: expected minLength: 1, actual: 0"),
    ],
    [
      "a long text that must not be cut",
      nova(novaText("a".repeat(8193), "NONE")),
      refusal("#/singleEmbeddingParams/text/value: expected maxLength: 8192, actual: 8193"),
    ],
    [
      "a text that is longer than it will cut",
      nova(novaText("a".repeat(50_001))),
      refusal("#/singleEmbeddingParams/text/value: expected maxLength: 50000, actual: 50001"),
    ],
    [
      "a text from two places",
      nova({ text: { ...novaText("a").text, source: { s3Location: { uri: "s3://b/k" } } } }),
      "400 Exactly one of value, source must be present in text.",
    ],
    [
      "nothing to embed",
      nova({}),
      "400 Exactly one of text, image, audio, video must be present in singleEmbeddingParams.",
    ],
    [
      "a text and an image at once",
      nova({ ...novaText("a"), image }),
      "400 Exactly one of text, image, audio, video must be present in singleEmbeddingParams.",
    ],
    [
      "an image without a source",
      nova({ image: { ...image, source: {} } }),
      "400 Exactly one of bytes, s3Location must be present in source.",
    ],
    ["an image in another format than it says", nova({ image: { ...image, format: "jpeg" } }), NO_IMAGE],
    [
      "a format by its MIME type",
      nova({ image: { ...image, format: "image/png" } }),
      refusal("#/singleEmbeddingParams/image/format: image/png is not a valid enum value"),
    ],
    [
      "a sound that is no base64",
      nova({ audio: { format: "mp3", source: { bytes: "~~~~" } } }),
      "400 The media is not a valid base64-encoded string.",
    ],
    [
      "a video that does not say what is wanted of it",
      nova({ video: { format: "mp4", source: { bytes: "AAAA" } } }),
      refusal("#/singleEmbeddingParams/video: required key [embeddingMode] not found"),
    ],
  ]);

  it("gives one vector, says of what it is, and counts the tokens twice", async () => {
    const { headers, json } = await invoke(
      NOVA,
      nova(novaText("hello"), { schemaVersion: "nova-multimodal-embed-v1" }),
    );
    const answer = json() as { embeddings: { embedding: number[] }[] };
    expect(answer).toEqual({
      embeddings: [{ embeddingType: "TEXT", embedding: expect.any(Array) }],
      inputTokenCount: 2,
    });
    expect(answer.embeddings[0]?.embedding).toHaveLength(3072);
    expect(headers.get("x-amzn-bedrock-input-token-count")).toBe("2");
  });

  it.each(["START", "END"])("cuts at the %s what it cannot read, and says how much is left", async (mode) => {
    const cut = await answerOf(NOVA, nova(novaText(`${"天".repeat(9000)}${"地".repeat(9000)}`, mode)));
    expect(at(cut, "embeddings.0.truncatedCharLength")).toBe(8192);
    const rest = await answerOf(NOVA, nova(novaText((mode === "START" ? "地" : "天").repeat(8192))));
    expect(at(cut, "embeddings.0.embedding")).toEqual(at(rest, "embeddings.0.embedding"));
  });

  it("gives a vector of an image or a sound, and two of a video where they are to be apart", async () => {
    const types = async (input: Body) =>
      (
        (await answerOf(NOVA, nova({ ...input, embeddingDimension: 256 })))["embeddings"] as {
          embeddingType: string;
        }[]
      ).map(({ embeddingType }) => embeddingType);
    const source = { s3Location: { uri: "s3://bucket/file", bucketOwner: "123456789012" } };
    expect(await types({ image: { ...image, detailLevel: "DOCUMENT_IMAGE" } })).toEqual(["IMAGE"]);
    expect(await types({ audio: { format: "wav", source } })).toEqual(["AUDIO"]);
    const video = { format: "mp4", source };
    expect(await types({ video: { ...video, embeddingMode: "AUDIO_VIDEO_COMBINED" } })).toEqual([
      "AUDIO_VIDEO_COMBINED",
    ]);
    expect(await types({ video: { ...video, embeddingMode: "AUDIO_VIDEO_SEPARATE" } })).toEqual([
      "VIDEO",
      "AUDIO",
    ]);
  });
});
