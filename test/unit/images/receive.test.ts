import { describe, expect, it } from "vitest";
import type { CallContext } from "../../../src/context.ts";
import type { ImageEndpoint } from "../../../src/images/family.ts";
import { receiveImageRequest } from "../../../src/images/receive.ts";
import type { ReceivedImages } from "../../../src/images/task.ts";
import { pngText, writePng } from "../../support/write-png.ts";

const draft = (width: number) => ({ width, height: 1, colourType: 0, depth: 8 }) as const;
/** A picture that is told from others by its width. */
const png = (width: number): string => pngText(draft(width));
const file = (width: number): Blob => new Blob([writePng(draft(width))], { type: "text/plain" });

interface House {
  endpoint?: ImageEndpoint;
  defaults?: Record<string, unknown>;
  web?: Record<string, string>;
  fetched?: ReadonlyMap<string, string>[];
}

const context = (request: Request, { defaults = {}, web = {}, fetched = [] }: House): CallContext =>
  ({
    request,
    options: { maxBodyBytes: 1024 * 1024, timeouts: { body: 1_000 } },
    signal: new AbortController().signal,
    bedrock: { defaultsOf: () => [defaults] },
    caller: {},
    adjustments: [],
    fetchMedia: (urls: ReadonlyMap<string, string>) => {
      fetched.push(urls);
      return Promise.resolve(
        new Map([...urls.keys()].map((url) => [url, { bytes: web[url]!, mediaType: "x/y" }])),
      );
    },
  }) as unknown as CallContext;

const post = (body: string | FormData, type?: string): Request =>
  new Request("http://x", {
    method: "POST",
    body,
    ...(type !== undefined && { headers: { "content-type": type } }),
  });

const receive = (request: Request, house: House = {}): Promise<ReceivedImages> =>
  receiveImageRequest(context(request, house), house.endpoint ?? "edits");

const json = (body: object, house?: House): Promise<ReceivedImages> =>
  receive(post(JSON.stringify({ model: "m", ...body }), "application/json"), house);

type Field = [name: string, value: string | Blob];

const form = (fields: readonly Field[], house?: House): Promise<ReceivedImages> => {
  const data = new FormData();
  for (const [name, value] of [["model", "m"], ...fields] as Field[]) {
    if (typeof value === "string") data.append(name, value);
    else data.append(name, value, "some.jpeg");
  }
  return receive(post(data), house);
};

/** Of each picture its width and where it stood. */
const seen = ({ images, mask }: ReceivedImages): unknown[] =>
  [...images, ...(mask ? [mask] : [])].map(({ width, param }) => `${param}: ${width}`);

const refusal = async (promise: Promise<unknown>): Promise<unknown[]> => {
  const error = (await promise.then(
    () => expect.fail("it was received"),
    (thrown: unknown) => thrown,
  )) as Record<string, unknown>;
  return [error["status"], error["code"], error["param"]];
};

describe("pictures come", () => {
  it.each<[string, object, string[]]>([
    ["as base64", { image: png(3) }, ["image: 3"]],
    ["as base64 with line breaks", { image: png(3).replaceAll(/.{76}/g, "$&\r\n") }, ["image: 3"]],
    [
      "as data URLs, whatever these call them",
      { image: [`data:text/html;base64,${png(3)}`, `DATA:;base64,${png(4)}#fragment`] },
      ["image[0]: 3", "image[1]: 4"],
    ],
    [
      "as OpenAI's objects",
      { images: [{ image_url: `data:image/png;base64,${png(3)}` }], mask: { image_url: png(4) } },
      ["images[0].image_url: 3", "mask.image_url: 4"],
    ],
    ["as the objects of chat", { image: { image_url: { url: png(3) } } }, ["image.image_url: 3"]],
    [
      "from several parameters, in an order that is always the same",
      { style_image: png(6), mask: png(7), init_image: png(5), images: [png(4)], image: png(3) },
      ["image: 3", "images[0]: 4", "init_image: 5", "style_image: 6", "mask: 7"],
    ],
    ["from extra_body", { extra_body: { image: png(3) } }, ["image: 3"]],
  ])("%s", async (_, body, expected) => {
    expect(seen(await json(body))).toEqual(expected);
  });

  it("from the web, each once, with the parameter that is to be blamed", async () => {
    const fetched: ReadonlyMap<string, string>[] = [];
    const web = { "https://a.example/x.png": png(3), "http://b.example/y": png(4) };
    const body = {
      image: ["https://a.example/x.png", png(5), "https://a.example/x.png"],
      mask: "http://b.example/y",
    };
    const received = await json(body, { web, fetched });
    expect(seen(received)).toEqual(["image[0]: 3", "image[1]: 5", "image[2]: 3", "mask: 4"]);
    expect(fetched.map((urls) => [...urls.keys()])).toEqual([
      ["https://a.example/x.png", "http://b.example/y"],
    ]);
  });

  it.each<[string, Field[], string[]]>([
    [
      "one file",
      [
        ["image", file(3)],
        ["mask", file(4)],
      ],
      ["image: 3", "mask: 4"],
    ],
    [
      "openai-node's list",
      [
        ["image[]", file(3)],
        ["image[]", file(4)],
      ],
      ["image[0]: 3", "image[1]: 4"],
    ],
    ["a list of one", [["image[]", file(3)]], ["image[0]: 3"]],
    [
      "a name that comes again",
      [
        ["image", file(3)],
        ["image", file(4)],
      ],
      ["image[0]: 3", "image[1]: 4"],
    ],
    [
      "numbered names",
      [
        ["image[0]", file(3)],
        ["image[1]", file(4)],
      ],
      ["image[0]: 3", "image[1]: 4"],
    ],
    [
      "texts beside files",
      [
        ["image[]", file(3)],
        ["image[]", `data:image/png;base64,${png(4)}`],
      ],
      ["image[0]: 3", "image[1]: 4"],
    ],
    [
      "OpenAI's objects",
      [
        ["images[][image_url]", png(3)],
        ["images[][image_url]", png(4)],
      ],
      ["images[0].image_url: 3", "images[1].image_url: 4"],
    ],
  ])("in a form: %s", async (_, fields, expected) => {
    expect(seen(await form(fields))).toEqual(expected);
  });

  it("or not at all, where they are not needed", async () => {
    expect(seen(await json({ prompt: "A cat" }, { endpoint: "generations" }))).toEqual([]);
    expect(seen(await form([["prompt", "A cat"]], { endpoint: "generations" }))).toEqual([]);
  });
});

describe("the texts of a form are what the endpoint expects", () => {
  it.each<[Field[], object]>([
    [[["n", "2"]], { n: 2 }],
    [[["stream", "true"]], { stream: true }],
    [[["stream", "False"]], { stream: false }],
    [
      [
        ["n", ""],
        ["quality", ""],
      ],
      { n: undefined, quality: undefined },
    ],
    [[["prompt", "2024"]], { prompt: "2024" }],
    [
      [
        ["prompt", "true"],
        ["user", "17"],
      ],
      { prompt: "true", user: "17" },
    ],
    [[["prompt", '{"not":"parsed"}']], { prompt: '{"not":"parsed"}' }],
    [[["prompt", ""]], { prompt: "" }],
    [[["size", "1024x1024"]], { size: "1024x1024" }],
    [[["metadata", '{"a":"1"}']], { metadata: { a: "1" } }],
    [
      [
        ["metadata[a]", "1"],
        ["metadata[b]", "true"],
      ],
      { metadata: { a: "1", b: "true" } },
    ],
    [
      [
        ["additionalModelRequestFields[cfgScale]", "8"],
        ["additionalModelRequestFields[text]", "8"],
      ],
      { additionalModelRequestFields: { cfgScale: 8, text: "8" } },
    ],
    [
      [["guardrailConfig", '{"guardrailIdentifier":"g","guardrailVersion":"1"}']],
      { guardrailConfig: { guardrailIdentifier: "g", guardrailVersion: "1" } },
    ],
    [
      [
        ["guardrailConfig[guardrailIdentifier]", "g"],
        ["guardrailConfig[guardrailVersion]", "1"],
      ],
      { guardrailConfig: { guardrailIdentifier: "g", guardrailVersion: "1" } },
    ],
    [[["extra_body", '{"seed":7}']], { seed: 7 }],
    [[["extra_body[seed]", "7"]], { seed: 7 }],
  ])("%j", async (fields, expected) => {
    expect((await form([["image", file(3)], ...fields])).request).toMatchObject(expected);
  });

  it.each<[Field[], object]>([
    [[["cfgScale", "8"]], { cfgScale: "8" }],
    [[["maskPrompt", "42"]], { maskPrompt: "42" }],
    [[["conditionImage", file(4)]], { conditionImage: png(4) }],
    [
      [
        ["colorGuidedGenerationParams[colors][]", "#ff0000"],
        ["colorGuidedGenerationParams[colors][]", "#00ff00"],
      ],
      { colorGuidedGenerationParams: { colors: ["#ff0000", "#00ff00"] } },
    ],
    [
      [
        ["imageGenerationConfig[cfgScale]", "6.5"],
        ["textToImageParams[text]", "2024"],
      ],
      { imageGenerationConfig: { cfgScale: 6.5 }, textToImageParams: { text: "2024" } },
    ],
    [
      [
        ["a[b][][c]", "1"],
        ["a[b][][d]", "2"],
        ["a[b][][c]", "3"],
      ],
      { a: { b: [{ c: 1, d: 2 }, { c: 3 }] } },
    ],
    [
      [
        ["odd]name[", "x"],
        ["[x]", "y"],
      ],
      { "odd]name[": "x", "[x]": "y" },
    ],
  ])("and left to the model's family where it does not know them: %j", async (fields, expected) => {
    expect((await form([["image", file(3)], ...fields])).request).toMatchObject(expected);
  });

  it("and are names as they stand where nobody could have meant more", async () => {
    const name = `a${"[b]".repeat(1_000)}`;
    expect(
      (
        await form([
          ["image", file(3)],
          [name, "x"],
        ])
      ).request,
    ).toMatchObject({ [name]: "x" });
  });

  it("and never a prototype", async () => {
    const { request } = await form([
      ["image", file(3)],
      ["__proto__[polluted]", "yes"],
      ["constructor[prototype][polluted]", "yes"],
    ]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect((request as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it.each<[Field[], unknown[]]>([
    [[["n", "two"]], [400, "invalid_type", "n"]],
    [[["n", "99"]], [400, "integer_above_max_value", "n"]],
    [[["quality", "5"]], [400, "invalid_value", "quality"]],
    [[["stream", "maybe"]], [400, "invalid_type", "stream"]],
    [[["prompt", file(3)]], [400, "invalid_type", "prompt"]],
    [[["model", ""]], [400, "invalid_type", "model"]],
    [[["mask", new Blob([])]], [400, "empty_image_file", "mask"]],
  ])("and are refused where they are not: %j", async (fields, expected) => {
    expect(await refusal(form([["image", file(3)], ...fields]))).toEqual(expected);
  });
});

describe("an operator's defaults", () => {
  it("fill forms as they fill JSON", async () => {
    const house = { defaults: { n: 3, quality: "high" } };
    const received = [
      await form(
        [
          ["image", file(3)],
          ["quality", "low"],
        ],
        house,
      ),
      await json({ image: png(3), quality: "low" }, house),
    ];
    for (const { request } of received) expect(request).toMatchObject({ n: 3, quality: "low" });
  });
});

describe("a request is refused, naming what is wrong,", () => {
  it.each<[string, object, unknown[]]>([
    ["without an image", {}, [400, "missing_required_parameter", "image"]],
    ["without one of a list", { image: [] }, [400, "empty_array", "image"]],
    [
      "with seventeen images",
      { image: Array<string>(17).fill(png(3)) },
      [400, "array_above_max_length", "image"],
    ],
    [
      "with seventeen in two parameters",
      { image: Array<string>(10).fill(png(3)), images: Array<string>(7).fill(png(3)) },
      [400, "array_above_max_length", "image"],
    ],
    [
      "with a file of OpenAI's store",
      { image: [png(3), { file_id: "file-1" }] },
      [400, "invalid_value", "image[1].file_id"],
    ],
    ["with an empty object", { image: {} }, [400, "missing_required_parameter", "image.image_url"]],
    ["with an address in S3", { image: "s3://bucket/key.png" }, [400, "invalid_value", "image"]],
    [
      "with an image that is none",
      { image: Buffer.from("hello").toString("base64") },
      [400, "invalid_image_file", "image"],
    ],
    [
      "with a mask that is none",
      { image: png(3), mask: "data:image/png;base64,AAAA" },
      [400, "invalid_image_file", "mask"],
    ],
    ["with neither a URL nor base64", { image: "cat.png" }, [400, "invalid_image_url", "image"]],
    ["with a data URL without data", { image: "data:image/png;base64," }, [400, "invalid_value", "image"]],
    ["with a number", { image: 7 }, [400, "invalid_type", "image"]],
    ["without a model", { model: "", image: png(3) }, [400, null, null]],
  ])("%s", async (_, body, expected) => {
    for (const endpoint of ["edits", "variations"] as const)
      expect(await refusal(json(body, { endpoint }))).toEqual(expected);
  });

  it("with bytes that came without a file name, and so as text", async () => {
    const bytes = writePng(draft(3)).toString("latin1");
    const body = `--line\r\nContent-Disposition: form-data; name="model"\r\n\r\nm\r\n--line\r\nContent-Disposition: form-data; name="image"\r\nContent-Type: image/png\r\n\r\n${bytes}\r\n--line--\r\n`;
    expect(await refusal(receive(post(body, "multipart/form-data; boundary=line")))).toEqual([
      400,
      "invalid_image_file",
      "image",
    ]);
  });

  it("in another kind of body, whose kinds it tells", async () => {
    const promise = receive(post("x", "text/plain"));
    await expect(promise).rejects.toThrow(/'application\/json' and 'multipart\/form-data'/);
    expect(await refusal(promise)).toEqual([415, "unsupported_content_type", null]);
  });
});
