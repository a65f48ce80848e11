import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateImage, type ImageModel } from "ai";
import OpenAI, { toFile } from "openai";
import OpenAI6 from "openai6";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type House, openHouse } from "../support/bedrock.ts";
import { accessTo, drained } from "../support/clients.ts";
import { halfTransparent, opaquePng, pixelsOf } from "../support/image-tasks.ts";
import { assertSchema } from "../support/openai-schema.ts";

const CANVAS = "amazon.nova-canvas-v1:0";
const SD35 = "stability.sd3-5-large-v1:0";

const IMAGE = opaquePng(320, 320).base64;
const HOLE = halfTransparent(320, 320).base64;

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => {
  expect(house.logged).toEqual([]);
  house.bedrock.reset();
});
afterAll(() => house.bedrock.close());

const sentBodies = (): Record<string, unknown>[] =>
  house.bedrock.requests.map(({ body }) => body as Record<string, unknown>);

const file = (base64: string, name = "image.png"): Promise<File> =>
  toFile(Buffer.from(base64, "base64"), name, { type: "image/png" });

const sizeOf = (base64: string | undefined): string => {
  const { width, height } = pixelsOf(base64);
  return `${width}x${height}`;
};

const CLIENTS = { "openai 7": OpenAI, "openai 6": OpenAI6 as unknown as typeof OpenAI };

describe.each(Object.entries(CLIENTS))("%s", (_, Client) => {
  let client: OpenAI;
  beforeAll(() => {
    client = new Client({ ...accessTo(house), maxRetries: 0 });
  });

  it("generates pictures in the size that was asked for", async () => {
    const answer = await client.images.generate({
      model: CANVAS,
      prompt: "A red otter",
      size: "1536x1024",
      quality: "high",
      n: 2,
    });
    assertSchema("ImagesResponse", answer);
    expect(answer).toMatchObject({ size: "1536x1024", output_format: "png" });
    expect(answer.data?.map(({ b64_json }) => sizeOf(b64_json))).toEqual(["1536x1024", "1536x1024"]);
    expect(answer.usage).toBeUndefined();
    expect(sentBodies()[0]).toMatchObject({
      taskType: "TEXT_IMAGE",
      imageGenerationConfig: { numberOfImages: 2, width: 1536, height: 1024, quality: "premium" },
    });
  });

  it("gets data URLs where it asks for URLs", async () => {
    const { data } = await client.images.generate({ model: CANVAS, prompt: "x", response_format: "url" });
    expect(data).toEqual([
      {
        url: expect.stringMatching(/^data:image\/png;base64,iVBOR/) as string,
        seed: expect.any(Number) as number,
      },
    ]);
  });

  it("edits a picture where its mask is transparent", async () => {
    const answer = await client.images.edit({
      model: CANVAS,
      image: await file(IMAGE),
      mask: await file(HOLE, "mask.png"),
      prompt: "A blue otter",
      n: 2,
    });
    assertSchema("ImagesResponse", answer);
    expect(answer.data).toHaveLength(2);
    expect(sentBodies()[0]).toMatchObject({
      taskType: "INPAINTING",
      inPaintingParams: { image: IMAGE, text: "A blue otter" },
      imageGenerationConfig: { numberOfImages: 2 },
    });
  });

  it("varies several pictures, and one without a word", async () => {
    const image = [await file(IMAGE), await file(IMAGE)];
    await client.images.edit({ model: CANVAS, image, prompt: "Both of them" });
    const answer = await client.images.createVariation({
      model: CANVAS,
      image: await file(IMAGE),
      size: "512x512",
    });
    assertSchema("ImagesResponse", answer);
    expect(sentBodies()).toMatchObject([
      { taskType: "IMAGE_VARIATION", imageVariationParams: { images: [IMAGE, IMAGE], text: "Both of them" } },
      {
        taskType: "IMAGE_VARIATION",
        imageVariationParams: { images: [IMAGE] },
        imageGenerationConfig: { width: 512, height: 512 },
      },
    ]);
  });

  it("streams a picture an event", async () => {
    const stream = await client.images.generate({ model: SD35, prompt: "x", n: 3, stream: true });
    const events = await drained(stream);
    for (const event of events) assertSchema("ImageGenCompletedEvent", event);
    expect(events.map(({ type }) => type)).toEqual(Array(3).fill("image_generation.completed"));
    expect(new Set(events.map(({ b64_json }) => b64_json)).size).toBe(3);
    expect(events[0]).toMatchObject({ size: "1024x1024", output_format: "png" });
  });

  it("streams an edit, partial pictures or not", async () => {
    const { data: stream, response } = await client.images
      .edit({ model: CANVAS, image: await file(HOLE), prompt: "x", stream: true, partial_images: 2 })
      .withResponse();
    const [event, ...others] = await drained(stream);
    assertSchema("ImageEditCompletedEvent", event);
    expect([event?.type, sizeOf(event?.b64_json), others]).toEqual(["image_edit.completed", "320x320", []]);
    expect(response.headers.get("x-bedrock-adjustments")).toContain('"param":"partial_images"');
  });

  it("raises its own errors", async () => {
    const refused = client.images.generate({ model: CANVAS, prompt: "x", size: "big" as "1024x1024" });
    await expect(refused).rejects.toBeInstanceOf(Client.BadRequestError);
    await expect(refused).rejects.toMatchObject({ status: 400, code: "invalid_value", param: "size" });
    house.logged.length = 0;
  });
});

describe.each<[string, () => (model: string) => ImageModel]>([
  ["@ai-sdk/openai", () => createOpenAI(accessTo(house)).imageModel],
  [
    "@ai-sdk/openai-compatible",
    () => createOpenAICompatible({ name: "bedrock", ...accessTo(house) }).imageModel,
  ],
])("the AI SDK's generateImage by %s", (_, provider) => {
  it("generates", async () => {
    const { images } = await generateImage({
      model: provider()(CANVAS),
      prompt: "A red otter",
      size: "512x512",
      n: 2,
      maxRetries: 0,
    });
    expect(images.map(({ base64 }) => sizeOf(base64))).toEqual(["512x512", "512x512"]);
    expect(images[0]!.mediaType).toBe("image/png");
  });

  it("edits with a mask", async () => {
    const { images } = await generateImage({
      model: provider()(CANVAS),
      prompt: {
        text: "A blue otter",
        images: [Buffer.from(IMAGE, "base64")],
        mask: Buffer.from(HOLE, "base64"),
      },
      maxRetries: 0,
    });
    expect(sizeOf(images[0]!.base64)).toBe("320x320");
    expect(sentBodies()[0]).toMatchObject({ taskType: "INPAINTING", inPaintingParams: { image: IMAGE } });
  });
});
