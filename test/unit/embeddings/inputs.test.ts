import { describe, expect, it } from "vitest";
import type { Given, GivenInput } from "../../../src/embeddings/given.ts";
import { toInputs, urlsIn } from "../../../src/embeddings/inputs.ts";
import { COHERE_V3, COHERE_V4, dataUrl, family, GIF, JPEG, NOVA, PNG, thrownBy, WEBP } from "./samples.ts";

const inputOf = (...given: Partial<Given>[]): GivenInput => ({
  at: "input",
  given: given.map((piece) => ({ kind: "image", data: "", at: "input.image", ...piece })),
});

const pieces = (model: string, piece: Partial<Given>, media = new Map()): unknown =>
  toInputs([inputOf(piece)], media, family(model))[0]!.pieces;

describe("a file", () => {
  it.each([
    ["png", PNG],
    ["jpeg", JPEG],
    ["gif", GIF],
    ["webp", WEBP],
  ])("is what its first bytes say: %s", (format, bytes) => {
    const block = [{ image: { format, source: { bytes } } }];
    expect(pieces(COHERE_V4, { data: dataUrl(bytes) })).toEqual(block);
    expect(pieces(COHERE_V4, { data: dataUrl(bytes, "image/jpg") })).toEqual(block);
    expect(pieces(COHERE_V4, { data: bytes })).toEqual(block);
    expect(
      pieces(COHERE_V4, { data: "https://a/b" }, new Map([["https://a/b", { bytes, mediaType: "" }]])),
    ).toEqual(block);
  });

  it.each([
    ["audio", dataUrl("SUQzBA==", "audio/mpeg"), undefined, "mp3"],
    ["audio", "UklGRiQAAABXQVZF", "wav", "wav"],
    ["video", dataUrl("AAAAIGZ0eXA=", "video/mp4"), undefined, "mp4"],
    ["video", dataUrl("AAAAIGZ0eXA=", "video/3gpp"), undefined, "three_gp"],
  ] as const)("may be %s", (kind, data, declared, format) => {
    expect(pieces(NOVA, { kind, data, declared })).toMatchObject([{ [kind]: { format } }]);
  });

  it("may lie in S3", () => {
    expect(pieces(NOVA, { kind: "video", data: "s3://bucket/a/clip.3gp" })).toEqual([
      { video: { format: "three_gp", source: { s3Location: { uri: "s3://bucket/a/clip.3gp" } } } },
    ]);
  });

  it.each<[string, string, Partial<Given>, string]>([
    [
      "is in a format that the model does not read",
      COHERE_V3,
      { data: dataUrl(GIF) },
      "invalid_image_format",
    ],
    ["is in another", COHERE_V3, { data: dataUrl(WEBP) }, "invalid_image_format"],
    ["is none, whatever its address says", COHERE_V4, { data: dataUrl("aGVsbG8=") }, "invalid_image_format"],
    ["is none", COHERE_V4, { data: "hellothere" }, "invalid_image_format"],
    ["is base64 that was cut", COHERE_V4, { data: "hello" }, "invalid_value"],
    ["is no base64", COHERE_V4, { data: "not a file!" }, "invalid_image_url"],
    ["is an address of nothing", COHERE_V4, { data: "ftp://a/b.png" }, "invalid_image_url"],
    [
      "is a document",
      COHERE_V4,
      { data: dataUrl("JVBERi0xLjQ=", "application/pdf") },
      "invalid_image_format",
    ],
    [
      "is a sound that is not read",
      NOVA,
      { kind: "audio", data: "AAAA", declared: "flac" },
      "unsupported_file",
    ],
    ["is a sound of no format", NOVA, { kind: "audio", data: "AAAA" }, "unsupported_file"],
    ["is a picture for a sound", NOVA, { kind: "audio", data: dataUrl(PNG) }, "unsupported_file"],
    ["is a data URL of nothing", COHERE_V4, { data: "data:image/png;base64," }, "invalid_value"],
  ])("that %s is refused before anything is sent", (_, model, piece, code) => {
    expect(thrownBy(() => pieces(model, piece))).toMatchObject({ status: 400, code, param: "input.image" });
  });

  it("names the formats that the model reads", () => {
    expect(thrownBy(() => pieces(COHERE_V3, { data: dataUrl(GIF) }))).toMatchObject({
      message: expect.stringContaining("this model reads image as png, jpeg only"),
    });
  });
});

describe("addresses", () => {
  it("are downloaded once each, for the place that they stand in first", () => {
    const url = "HTTPS://example.com/a.png";
    const inputs = [
      inputOf({ kind: "text", data: "https://example.com/text" }, { data: url, at: "first" }),
      inputOf({ data: url, at: "second" }, { data: "s3://a/b" }, { data: dataUrl(PNG) }),
      inputOf({ kind: "audio", data: "http://example.com/b.mp3", at: "third" }),
    ];
    expect([...urlsIn(inputs)]).toEqual([
      [url, "first"],
      ["http://example.com/b.mp3", "third"],
    ]);
  });
});
