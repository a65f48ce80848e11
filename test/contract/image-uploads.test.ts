import { createReadStream, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "fast-png";
import OpenAI, { toFile } from "openai";
import OpenAI6 from "openai6";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bedrockOpenAI as nodeDoor } from "../../adapters/node.ts";
import { type House, openHouse } from "../support/bedrock.ts";
import { type Door, DOORS, SPOILING_DOORS } from "../support/doors.ts";
import { writePng } from "../support/write-png.ts";

const CANVAS = "amazon.nova-canvas-v1:0";
const SIZE = { width: 320, height: 336 };

const isHole = (x: number, y: number): boolean => x < 100 && y > 200;
const picture = (shade: number): Buffer =>
  writePng({ ...SIZE, colourType: 2, depth: 8, pixel: (x, y) => [shade, x & 0xff, y & 0xff] });
const IMAGE = picture(17);
const OTHER = picture(99);
const MASK = writePng({
  ...SIZE,
  colourType: 6,
  depth: 8,
  pixel: (x, y) => [9, 9, 9, isHole(x, y) ? 0 : 255],
});

let house: House;
/** Where temporary files would be. */
let temporary: string;
const before = process.env["TMPDIR"];

beforeAll(async () => {
  temporary = mkdtempSync(join(tmpdir(), "uploads-"));
  process.env["TMPDIR"] = temporary;
  house = await openHouse();
});

afterEach(() => {
  expect(readdirSync(temporary)).toEqual([]);
  expect(house.logged).toEqual([]);
  house.bedrock.reset();
});

afterAll(async () => {
  if (before === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = before;
  rmSync(temporary, { recursive: true });
  await house.bedrock.close();
});

const sent = (): Record<string, Record<string, unknown>> =>
  house.bedrock.requests.at(-1)!.body as Record<string, Record<string, unknown>>;

/** AWS got the image as it came, and a mask that is black where the caller's is transparent. */
function expectPainting({ inPaintingParams }: Record<string, Record<string, unknown>>): void {
  expect(inPaintingParams!["image"]).toBe(IMAGE.toString("base64"));
  const { data, channels } = decode(Buffer.from(String(inPaintingParams!["maskImage"]), "base64"));
  expect(channels).toBe(3);
  for (const [x, y] of [
    [0, 0],
    [99, 201],
    [99, 200],
    [100, 201],
    [0, 335],
    [319, 335],
  ] as const)
    expect([x, y, data[(y * SIZE.width + x) * 3]]).toEqual([x, y, isHole(x, y) ? 0 : 255]);
}

type Field = [name: string, value: string | Buffer];

const formOf = (fields: readonly Field[]): FormData => {
  const form = new FormData();
  for (const [name, value] of fields) {
    if (typeof value === "string") form.append(name, value);
    else
      form.append(
        name,
        new Blob([new Uint8Array(value)], { type: "application/octet-stream" }),
        `${name}.bin`,
      );
  }
  return form;
};

const PAINTING: readonly Field[] = [
  ["model", CANVAS],
  ["prompt", "2024"],
  ["image", IMAGE],
  ["mask", MASK],
  ["n", "1"],
  ["seed", "7"],
  ["cfgScale", "7.5"],
];

const edit = (
  door: Pick<Door, "baseURL" | "fetch">,
  body: string | FormData | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) => door.fetch(`${door.baseURL}/images/edits`, { method: "POST", body, headers });

interface Refused {
  error: { message: string; type: string; code: string | null; param: string | null };
}

const refused = async (response: Response): Promise<unknown[]> => {
  const { error } = (await response.json()) as Refused;
  expect(error.type).toBe("invalid_request_error");
  return [response.status, error.code, error.param];
};

describe.each(Object.keys(DOORS).filter((name) => !SPOILING_DOORS.has(name)))("%s", (name) => {
  let door: Door;
  let small: Door;
  beforeAll(async () => {
    door = await DOORS[name]!(house.handler);
    small = await DOORS[name]!(house.withOptions({ maxBodyBytes: 20_000, timeouts: { body: 100 } }));
  });
  afterAll(() => Promise.all([door.close(), small.close()]));

  it("lets a form through, byte for byte", async () => {
    const response = await edit(door, formOf(PAINTING));
    expect(response.status).toBe(200);
    expect(((await response.json()) as { data: unknown[] }).data).toHaveLength(1);
    expectPainting(sent());
    expect(sent()).toMatchObject({
      taskType: "INPAINTING",
      inPaintingParams: { text: "2024" },
      imageGenerationConfig: { numberOfImages: 1, seed: 7, cfgScale: 7.5 },
    });
  });

  it("lets one through that does not say how large it is", async () => {
    const whole = new Response(formOf(PAINTING));
    const body = new Uint8Array(await whole.clone().arrayBuffer());
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < body.length; at += 1_000) controller.enqueue(body.subarray(at, at + 1_000));
        controller.close();
      },
    });
    const response = await door.fetch(`${door.baseURL}/images/edits`, {
      method: "POST",
      body: pieces,
      headers: { "content-type": whole.headers.get("content-type")! },
      duplex: "half",
    } as RequestInit);
    expect(response.status).toBe(200);
    expectPainting(sent());
  });

  it("sends nothing on of a form that lies", async () => {
    const type = { "content-type": "multipart/form-data; boundary=line" };
    const cut = '--line\r\nContent-Disposition: form-data; name="model"\r\n\r\nm';
    for (const [body, headers] of [
      [cut, type],
      ["", type],
      ['{"model":"m"}', type],
      [`${cut}\r\n--line--\r\n`, { "content-type": "multipart/form-data" }],
      [`${cut}\r\n--line--\r\n`, { "content-type": "multipart/form-data; boundary=other" }],
      [[...Array<string>(1_000).fill(cut), "--line--\r\n"].join("\r\n"), type],
    ] as const)
      expect([body, ...(await refused(await edit(door, body, headers)))]).toEqual([
        body,
        400,
        "invalid_form",
        null,
      ]);
    expect(
      await refused(await edit(door, "image=x", { "content-type": "application/x-www-form-urlencoded" })),
    ).toEqual([415, "unsupported_content_type", null]);
    expect(house.bedrock.requests).toEqual([]);
  });

  it("sends nothing on of one that is too large", async () => {
    const form = new Response(formOf([...PAINTING, ["extra", Buffer.alloc(30_000)]]));
    const type = { "content-type": form.headers.get("content-type")! };
    // In one piece: `fetch` fails while it still writes to a server that has answered and closed.
    const body = new Uint8Array(await form.arrayBuffer());
    expect(await refused(await edit(small, body, type))).toEqual([413, "request_too_large", null]);
    expect(house.bedrock.requests).toEqual([]);
  });
});

describe.each(Object.entries({ "openai 7": OpenAI, "openai 6": OpenAI6 as unknown as typeof OpenAI }))(
  "%s",
  (_, Client) => {
    const files = mkdtempSync(join(tmpdir(), "pictures-"));
    const path = join(files, "otter.png");
    let door: Door;
    let client: OpenAI;
    beforeAll(async () => {
      writeFileSync(path, IMAGE);
      door = await DOORS["node:http"]!(house.handler);
      client = new Client({ baseURL: door.baseURL, apiKey: "bedrock", fetch: door.fetch, maxRetries: 0 });
    });
    afterAll(async () => {
      rmSync(files, { recursive: true });
      await door.close();
    });

    it.each<[string, () => Promise<File> | ReturnType<typeof createReadStream>]>([
      ["a buffer", () => toFile(IMAGE, "otter.png", { type: "image/png" })],
      ["a buffer without a name", () => toFile(IMAGE)],
      [
        "a buffer that is said to be something else",
        () => toFile(IMAGE, "otter.jpeg", { type: "image/jpeg" }),
      ],
      ["a file that is read while it is sent", () => createReadStream(path)],
      ["a Response", () => toFile(new Response(new Uint8Array(IMAGE)))],
    ])("paints in %s", async (_case, image) => {
      const answer = await client.images.edit({
        model: CANVAS,
        prompt: "An otter",
        image: await image(),
        mask: await toFile(MASK, "mask.png"),
        n: 1,
      });
      expect(answer.data).toHaveLength(1);
      expectPainting(sent());
    });

    it("sends several pictures, in their order", async () => {
      const image = await Promise.all([IMAGE, OTHER, IMAGE].map((bytes) => toFile(bytes, "x.png")));
      await client.images.edit({ model: CANVAS, prompt: "All of them", image });
      expect(sent()["imageVariationParams"]!["images"]).toEqual(
        [IMAGE, OTHER, IMAGE].map((each) => each.toString("base64")),
      );
    });

    it("varies one", async () => {
      await client.images.createVariation({ model: CANVAS, image: await toFile(OTHER, "x.png"), n: 2 });
      expect(sent()).toMatchObject({
        imageVariationParams: { images: [OTHER.toString("base64")] },
        imageGenerationConfig: { numberOfImages: 2 },
      });
    });

    it("sends AWS's own parameters, nested as they are", async () => {
      const own = {
        imageGenerationConfig: { cfgScale: 3.5, quality: "premium" },
        outPaintingMode: "PRECISE",
      };
      const asked = {
        model: CANVAS,
        taskType: "OUTPAINTING",
        prompt: "A beach",
        image: await toFile(IMAGE, "x.png"),
        mask: await toFile(MASK, "x.png"),
        ...own,
      };
      await client.images.edit(asked);
      expect(sent()).toMatchObject({
        outPaintingParams: { outPaintingMode: "PRECISE" },
        imageGenerationConfig: own.imageGenerationConfig,
      });
    });

    it.each<[string, Buffer, Buffer | undefined, string, string | RegExp]>([
      ["no image", Buffer.from("hello"), undefined, "image", "invalid_image_file"],
      ["an empty file", Buffer.alloc(0), undefined, "image", "empty_image_file"],
      [
        "an SVG",
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="320" height="336"/>'),
        undefined,
        "image",
        "invalid_image_file",
      ],
      [
        "a mask of another size",
        IMAGE,
        writePng({ width: 320, height: 320, colourType: 6, depth: 8 }),
        "mask",
        "invalid_value",
      ],
      [
        "a mask in which nothing is to be edited",
        IMAGE,
        writePng({ ...SIZE, colourType: 6, depth: 8, pixel: () => [0, 0, 0, 255] }),
        "mask",
        "invalid_value",
      ],
      ["a mask that ends too early", IMAGE, MASK.subarray(0, 200), "mask", "invalid_image_file"],
    ])("is told of %s, and AWS is not asked", async (_case, image, mask, param, code) => {
      const asking = client.images.edit({
        model: CANVAS,
        prompt: "x",
        image: await toFile(image, "image.png"),
        ...(mask && { mask: await toFile(mask, "mask.png") }),
      });
      await expect(asking).rejects.toMatchObject({ status: 400, param, code, type: "invalid_request_error" });
      expect(house.bedrock.requests).toEqual([]);
    });
  },
);

describe("a body that something before us has drained", () => {
  it("is named as what it is", async () => {
    const listener = nodeDoor(house.handler);
    const server = createServer((request, response) => {
      request
        .resume()
        .on("end", () => listener(Object.assign(request, { body: { model: CANVAS } }), response));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const response = await edit({ baseURL, fetch }, formOf(PAINTING));
    const { error } = (await response.clone().json()) as Refused;
    expect(error.message).toMatch("mount this API before any parser of uploads");
    expect(await refused(response)).toEqual([400, "invalid_form", null]);
    expect(house.bedrock.requests).toEqual([]);
    server.close();
  });
});

describe("an upload that stops on its way", () => {
  it("is given up, and AWS is not asked", async () => {
    const door = await DOORS["node:http"]!(house.withOptions({ timeouts: { body: 50 } }));
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const upload = httpRequest(`${door.baseURL}/images/edits`, {
        method: "POST",
        headers: { "content-type": "multipart/form-data; boundary=line", "content-length": 1_000 },
      });
      upload.on("response", ({ statusCode }) => resolve(statusCode)).on("error", reject);
      upload.write("--line\r\n");
    });
    expect(status).toBe(408);
    expect(house.bedrock.requests).toEqual([]);
    await door.close();
  });
});
