import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type House, openHouse } from "../support/bedrock.ts";
import { DOORS } from "../support/doors.ts";
import { LOCAL, serve } from "../unit/media/media-server.ts";
import { GIF, JPEG, png } from "../unit/testing/data/embedding-bodies.ts";
import {
  type Asking,
  bodies,
  COHERE,
  COHERE_4,
  cosine,
  embed,
  embeddingRequest,
  floatsIn,
  MARENGO_2,
  MARENGO_3,
  nearest,
  NOVA,
  TITAN,
  TITAN_IMAGE,
  vectors,
} from "./embeddings-asked.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => {
  expect(house.logged).toEqual([]);
  house.bedrock.reset();
});
afterAll(() => house.bedrock.close());

const RED = png(230, 20, 20);
const BLUE = png(20, 20, 230);
const url = (base64: string, type = "image/png"): string => `data:${type};base64,${base64}`;
const WEBP = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";

const WITH_IMAGES = [TITAN_IMAGE, COHERE, COHERE_4, NOVA, MARENGO_2, MARENGO_3];

/** Where each family's body holds an image. */
const IN_BODY: Record<string, (base64: string) => object> = {
  [TITAN_IMAGE]: (inputImage) => ({ inputImage }),
  [COHERE]: (base64) => ({ images: [url(base64)], input_type: "image" }),
  [COHERE_4]: (base64) => ({
    inputs: [{ content: [{ type: "image_url", image_url: { url: url(base64) } }] }],
  }),
  [NOVA]: (bytes) => ({ singleEmbeddingParams: { image: { format: "png", source: { bytes } } } }),
  [MARENGO_2]: (base64String) => ({ inputType: "image", mediaSource: { base64String } }),
  [MARENGO_3]: (base64String) => ({ inputType: "image", image: { mediaSource: { base64String } } }),
};

/** Every way in which clients write an image. */
const WAYS: [string, (base64: string) => unknown][] = [
  ["a data URL in the place of a text", (base64) => url(base64)],
  ["Jina's piece", (base64) => ({ image: url(base64) })],
  ["Jina's piece of bare base64", (base64) => ({ image: base64 })],
  ["OpenAI's part", (base64) => ({ type: "image_url", image_url: { url: url(base64) } })],
  ["vLLM's short part", (base64) => ({ type: "image_url", image_url: url(base64) })],
  ["Cohere's content", (base64) => ({ content: [{ type: "image_url", image_url: { url: url(base64) } }] })],
];

describe.each(WITH_IMAGES)("an image for %s", (model) => {
  it.each(WAYS)("may be %s", async (_, write) => {
    const told = await embed(house, { model, input: [write(RED)] });
    expect(told).toMatchObject({ status: 200, notes: [] });
    expect(bodies(house)).toMatchObject([IN_BODY[model]!(RED)]);
    expect(await embed(house, { model, input: write(RED) })).toMatchObject({ data: told.data });
  });

  it("is found by its colour, whatever it stands beside", async () => {
    const input = ["The sky is blue today", url(RED), "A red tomato", { image: url(BLUE) }];
    const all = await vectors(house, { model, input });
    expect(nearest(all[0]!, [all[1]!, all[3]!])).toBe(1);
    expect(nearest(all[2]!, [all[1]!, all[3]!])).toBe(0);
    expect(cosine(all[1]!, all[3]!)).toBeLessThan(0.5);
  });

  it("may lie behind an address, which is read once", async () => {
    const { requests, url: at } = await serve(
      (_, response) =>
        void response.writeHead(200, { "content-type": "image/png" }).end(Buffer.from(RED, "base64")),
    );
    const asking: Asking = { options: { media: LOCAL } };
    const input = [{ image: at("/red.png") }, { image_url: { url: at("/red.png") } }];
    const [one, other] = await vectors(house, { model, input }, asking);
    expect(requests).toHaveLength(1);
    expect(one).toEqual(other);
    expect(await vectors(house, { model, input: url(RED) })).toEqual([one]);
  });

  it("is none at an address in a text", async () => {
    const input = "http://169.254.169.254/latest/red.png";
    expect(await embed(house, { model, input })).toMatchObject({ status: 200 });
    expect(JSON.stringify(bodies(house))).toContain(input);
  });

  it.each<[string, unknown, string]>([
    ["is none", { image: url(Buffer.from("no image").toString("base64")) }, "invalid_image_format"],
    [
      "is none in the place of a text",
      url(Buffer.from("no image").toString("base64")),
      "invalid_image_format",
    ],
    ["is a page", { image: url("PGh0bWw+", "text/html") }, "invalid_image_format"],
    ["is no base64", { image: "a red tomato" }, "invalid_image_url"],
    ["may not be reached", { image: "http://127.0.0.1:1/red.png" }, "invalid_image_url"],
    ["is nowhere", { image: "ftp://example.com/red.png" }, "invalid_image_url"],
  ])("that %s is refused, and nothing is embedded", async (_, bad, code) => {
    expect(await embed(house, { model, input: ["a", url(RED), bad, "b"] })).toMatchObject({
      status: 400,
      error: { type: "invalid_request_error", code, param: expect.stringMatching(/^input\[2\]/) },
    });
    expect(house.bedrock.requests).toEqual([]);
  });
});

describe("an image's format", () => {
  const takes = { jpeg: WITH_IMAGES, gif: [COHERE_4, NOVA], webp: [COHERE_4, NOVA] };
  const FILES = { jpeg: JPEG, gif: GIF, webp: WEBP };

  it.each(WITH_IMAGES)("is one that %s reads, or is refused before it is sent", async (model) => {
    for (const [format, models] of Object.entries(takes)) {
      const base64 = FILES[format as keyof typeof FILES];
      const explain = { headers: { "x-bedrock-explain": "1" } };
      // Its bytes tell what it is, not what it is called.
      const told = await embed(house, { model, input: url(base64, "image/png") }, explain);
      if (models.includes(model)) expect(told.status).toBe(200);
      else expect(told).toMatchObject({ status: 400, error: { code: "invalid_image_format" } });
    }
    expect(house.bedrock.requests).toEqual([]);
  });
});

describe("several pieces of one vector", () => {
  const tomato = [
    { type: "text", text: "tomato" },
    { type: "image_url", image_url: { url: url(RED) } },
  ];
  const sky = [{ text: "sky" }, { image: url(BLUE) }];

  it.each([TITAN_IMAGE, COHERE_4, MARENGO_3])("lie between them for %s", async (model) => {
    const fused = await vectors(house, { model, input: [{ content: tomato }, { content: sky }] });
    const [text, image] = await vectors(house, { model, input: ["tomato", url(RED)] });
    expect(cosine(fused[0]!, text!)).toBeGreaterThan(0.4);
    expect(cosine(fused[0]!, image!)).toBeGreaterThan(0.4);
    expect(cosine(fused[0]!, fused[1]!)).toBeLessThan(0.4);
    // Jina's way: one object with both.
    expect(await vectors(house, { model, input: [{ text: "tomato", image: url(RED) }] })).toEqual([fused[0]]);
  });

  it("may stand among texts and images for Cohere 4, in one call and in order", async () => {
    const input = ["first", { content: [...sky, ...tomato] }, url(RED), { text: "last" }];
    const all = await vectors(house, { model: COHERE_4, input });
    expect(house.bedrock.requests).toHaveLength(1);
    for (const [index, each] of input.entries())
      expect(await vectors(house, { model: COHERE_4, input: each })).toEqual([all[index]]);
  });

  it.each([COHERE, NOVA, MARENGO_2, TITAN])("are refused by %s, none of them lost", async (model) => {
    expect(await embed(house, { model, input: [{ content: tomato }] })).toMatchObject({
      status: 400,
      error: { code: "unsupported_value", param: expect.stringMatching(/^input\[0\]/) },
    });
    expect(house.bedrock.requests).toEqual([]);
  });
});

describe("sound and video", () => {
  const MP3 = Buffer.from("ID3 a song").toString("base64");
  const MP4 = Buffer.from("\0\0\0\u0020ftypisom a film").toString("base64");

  it.each<[string, unknown, object]>([
    ["a data URL", url(MP3, "audio/mpeg"), { audio: { format: "mp3", source: { bytes: MP3 } } }],
    [
      "OpenAI's part",
      { type: "input_audio", input_audio: { data: MP3, format: "mp3" } },
      { audio: { format: "mp3", source: { bytes: MP3 } } },
    ],
    [
      "a video's data URL",
      { video: url(MP4, "video/mp4") },
      { video: { format: "mp4", source: { bytes: MP4 }, embeddingMode: "AUDIO_VIDEO_COMBINED" } },
    ],
    [
      "an old telephone's",
      { video_url: { url: url(MP4, "video/3gpp") } },
      { video: { format: "3gp", source: { bytes: MP4 } } },
    ],
    [
      "a video in S3",
      { video: "s3://bucket/film.3gp" },
      { video: { format: "3gp", source: { s3Location: { uri: "s3://bucket/film.3gp" } } } },
    ],
  ])("are embedded by Nova: %s", async (_, input, params) => {
    expect(await embed(house, { model: NOVA, input: [input] })).toMatchObject({
      status: 200,
      data: [{ index: 0, embedding: { length: 3072 } }],
    });
    expect(bodies(house)).toMatchObject([{ singleEmbeddingParams: params }]);
  });

  it.each<[string, string, unknown, string]>([
    ["a sound that Nova does not read", NOVA, { audio: url(MP3, "audio/flac") }, "unsupported_file"],
    ["a sound without a format", NOVA, { audio: MP3 }, "unsupported_file"],
    ["a video that is a sound", NOVA, { video: url(MP3, "audio/mpeg") }, "unsupported_file"],
    ["a sound for what has no ears", COHERE_4, url(MP3, "audio/mpeg"), "unsupported_value"],
    ["a video for InvokeModel", MARENGO_3, { video: "s3://bucket/film.mp4" }, "unsupported_value"],
    ["an image for what has no eyes", TITAN, url(RED), "unsupported_value"],
    ["an image in S3", COHERE_4, { image: "s3://bucket/red.png" }, "unsupported_value"],
    ["an image in S3 for Titan", TITAN_IMAGE, { image: "s3://bucket/red.png" }, "unsupported_value"],
  ])("are refused: %s", async (_, model, input, code) => {
    expect(await embed(house, { model, input: ["a", input] })).toMatchObject({
      status: 400,
      error: { code, param: expect.stringMatching(/^input\[1\]/) },
    });
    expect(house.bedrock.requests).toEqual([]);
  });

  it("behind an address are not downloaded for a model that would refuse them", async () => {
    const { requests, url: at } = await serve((_, response) => void response.end("x"));
    const asking: Asking = { options: { media: LOCAL } };
    const told = await embed(house, { model: COHERE_4, input: [{ video: at("/film.mp4") }] }, asking);
    expect(told.error).toMatchObject({ code: "unsupported_value", param: "input[0].video" });
    expect(requests).toEqual([]);
  });
});

describe.each(Object.keys(DOORS))("large images through %s", (name) => {
  it("arrive byte for byte, and are weighed by what they weigh", async () => {
    const door = await DOORS[name]!(house.handler);
    const large = Buffer.concat([Buffer.from(RED, "base64"), Buffer.alloc(3_500_000, 7)]).toString("base64");
    const input = ["a", { image: url(large) }, url(large), { image: large }];
    const { headers, body, method } = embeddingRequest({ model: COHERE_4, input, encoding_format: "base64" });
    const response = await door.fetch(`${door.baseURL}/embeddings`, {
      method,
      headers: Object.fromEntries(headers),
      body: await new Response(body).text(),
    });
    const { data } = (await response.json()) as { data: { embedding: string }[] };
    expect(data.map(({ embedding }) => floatsIn(embedding).length)).toEqual([1536, 1536, 1536, 1536]);
    const sent = bodies(house).flatMap(({ inputs }) => inputs as unknown[]);
    const image = { content: [{ type: "image_url", image_url: { url: url(large) } }] };
    expect(sent.filter((each) => JSON.stringify(each) === JSON.stringify(image))).toHaveLength(3);
    expect(house.bedrock.requests).toHaveLength(2);
    await door.close();
  });
});
