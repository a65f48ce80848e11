import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { BedrockOpenAIOptions } from "../../src/index.ts";
import { accountArn } from "../../src/testing/index.ts";
import { CLAUDE, eventually, type House, openHouse } from "../support/bedrock.ts";
import { halfTransparent, opaquePng } from "../support/image-tasks.ts";
import { assertSchema } from "../support/openai-schema.ts";

const CANVAS = "amazon.nova-canvas-v1:0";
const TITAN = "amazon.titan-image-generator-v2:0";
const SDXL = "stability.stable-diffusion-xl-v1";
const SD35 = "stability.sd3-5-large-v1:0";
const service = (name: string): string => `us.stability.${name}-v1:0`;

const IMAGE = opaquePng(320, 320).base64;
const HOLE = halfTransparent(320, 320).base64;

interface Answer {
  created: number;
  data: { b64_json: string; seed?: number }[];
  error: { message: string; type: string; code: string | null; param: string | null };
}

interface Init {
  options?: BedrockOpenAIOptions;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => {
  house.bedrock.reset();
  house.logged.length = 0;
});
afterAll(() => house.bedrock.close());

const post = (path: string, body: object, { options = {}, headers, signal }: Init = {}): Promise<Response> =>
  house.withOptions(options)(
    new Request(`http://localhost/v1/images/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
      ...(signal && { signal }),
    }),
  );
const generate = (body: object, init?: Init): Promise<Response> =>
  post("generations", { model: CANVAS, prompt: "A cute baby sea otter", ...body }, init);

const read = async (response: Response): Promise<Answer> => (await response.json()) as Answer;
const sentBodies = (): Record<string, unknown>[] =>
  house.bedrock.requests.map(({ body }) => body as Record<string, unknown>);
const params = (response: Response): string[] =>
  (
    JSON.parse(response.headers.get("x-bedrock-adjustments") ?? "[]") as { param: string; action: string }[]
  ).map(({ param, action }) => `${param}: ${action}`);

/** The data of a stream's events. */
const dataOf = (text: string): Record<string, unknown>[] =>
  text
    .split("\n")
    .flatMap((line) =>
      line.startsWith("data: ") ? [JSON.parse(line.slice(6)) as Record<string, unknown>] : [],
    );

describe("LiteLLM's examples, as they stand in its guide", () => {
  const prompt = "A cute baby sea otter";
  it.each<[object, object]>([
    [
      { model: CANVAS, prompt },
      { taskType: "TEXT_IMAGE", textToImageParams: { text: prompt } },
    ],
    [
      {
        model: CANVAS,
        prompt,
        taskType: "COLOR_GUIDED_GENERATION",
        colorGuidedGenerationParams: { colors: ["#FFFFFF"] },
      },
      {
        taskType: "COLOR_GUIDED_GENERATION",
        colorGuidedGenerationParams: { text: prompt, colors: ["#FFFFFF"] },
      },
    ],
    [
      { model: "bedrock/stability.stable-diffusion-xl-v0", prompt },
      { text_prompts: [{ text: prompt, weight: 1 }] },
    ],
    [
      { model: "bedrock/stability.stable-diffusion-xl-v0", prompt, size: "128x512", seed: 30 },
      { text_prompts: [{ text: prompt, weight: 1 }], width: 640, height: 1536, seed: 30 },
    ],
    [
      { model: "bedrock/stability.stable-diffusion-xl-v1", prompt },
      { text_prompts: [{ text: prompt, weight: 1 }] },
    ],
    [{ model: "bedrock/stability.stability.sd3-large-v1:0", prompt }, { prompt }],
    [{ model: "bedrock/amazon.nova-canvas-v1:0", prompt }, { taskType: "TEXT_IMAGE" }],
  ])("%o", async (request, body) => {
    const response = await post("generations", request);
    const answer = await read(response);
    assertSchema("ImagesResponse", answer);
    expect(answer.data).toHaveLength(1);
    expect(sentBodies()[0]).toMatchObject(body);
  });
});

describe("every family answers in OpenAI's form, with nothing that AWS refuses", () => {
  const pair = [IMAGE, IMAGE];
  it.each<[string, string, object]>([
    ["generations", TITAN, { size: "1024x1792", n: 6, style: "natural" }],
    ["generations", "amazon.titan-image-generator-v1", { quality: "hd" }],
    ["edits", TITAN, { image: HOLE }],
    [
      "edits",
      TITAN,
      {
        images: [{ image_url: `data:image/png;base64,${IMAGE}` }],
        mask: { image_url: `data:image/png;base64,${HOLE}` },
      },
    ],
    ["edits", TITAN, { image: IMAGE, mask: HOLE, outPaintingMode: "DEFAULT" }],
    ["edits", TITAN, { image: IMAGE, prompt: "", background: "transparent" }],
    ["edits", CANVAS, { image: IMAGE, colors: ["#ff0000"], size: "2048x2048" }],
    [
      "edits",
      CANVAS,
      { image: pair, prompt: "", taskType: "VIRTUAL_TRY_ON", promptBasedMask: { maskPrompt: "coat" } },
    ],
    ["generations", CANVAS, { image: IMAGE, controlMode: "CANNY_EDGE", style: "photorealism" }],
    ["variations", CANVAS, { image: HOLE, prompt: "", similarityStrength: 0.9 }],
    ["generations", SDXL, { style: "anime", negative_prompt: "cats", n: 2 }],
    ["edits", SDXL, { image: HOLE }],
    ["edits", SDXL, { image: IMAGE, mask: HOLE }],
    ["edits", SD35, { image: IMAGE, n: 2 }],
    ["generations", "stability.sd3-large-v1:0", { output_format: "jpeg", size: "1792x1024" }],
    ["generations", "stability.stable-image-core-v1:0", { mode: "text-to-image" }],
    ["generations", "stability.stable-image-core-v1:1", { output_format: "webp" }],
    ["generations", "stability.stable-image-ultra-v1:0", { image: IMAGE, strength: 0.3 }],
    ["edits", service("stable-creative-upscale"), { image: IMAGE, style: "anime" }],
    ["edits", service("stable-conservative-upscale"), { image: IMAGE, creativity: 0.3 }],
    ["edits", service("stable-fast-upscale"), { image: IMAGE, n: 4 }],
    ["edits", service("stable-image-inpaint"), { image: IMAGE, mask: HOLE, grow_mask: 3 }],
    ["edits", service("stable-image-inpaint"), { image: HOLE }],
    ["edits", service("stable-outpaint"), { image: IMAGE, left: 64, creativity: 0.9 }],
    ["edits", service("stable-image-search-recolor"), { image: IMAGE, select_prompt: "cat" }],
    ["edits", service("stable-image-search-replace"), { image: IMAGE, search_prompt: "cat" }],
    ["edits", service("stable-image-erase-object"), { image: IMAGE, mask: HOLE }],
    ["edits", service("stable-image-remove-background"), { image: IMAGE, background: "transparent" }],
    ["edits", service("stable-image-control-sketch"), { image: IMAGE, control_strength: 0.4 }],
    ["generations", service("stable-image-control-structure"), { image: IMAGE, output_format: "webp" }],
    ["generations", service("stable-image-style-guide"), { image: IMAGE, size: "1536x1024" }],
    ["edits", service("stable-style-transfer"), { image: pair, style_strength: 0.2 }],
    ["edits", service("stable-style-transfer"), { init_image: IMAGE, style_image: IMAGE }],
  ])("%s of %s %o", async (path, model, body) => {
    const response = await post(path, { model, prompt: "A red otter", ...body });
    const answer = await read(response);
    expect(answer.error).toBeUndefined();
    assertSchema("ImagesResponse", answer);
    expect(house.bedrock.requests.map(({ status }) => status)).not.toContain(400);
    expect(answer.data.every(({ b64_json }) => b64_json.length > 0)).toBe(true);
    expect(answer).not.toHaveProperty("usage");
  });

  it("names the request by which AWS knows it", async () => {
    for (const stream of [false, true]) {
      const response = await generate({ stream });
      expect(response.headers.get("x-amzn-requestid")).toBeTruthy();
      await response.text();
    }
  });

  it("is found behind an ARN", async () => {
    const model = accountArn("application-inference-profile", "inpaint00001");
    const response = await post("edits", { model, prompt: "A red otter", image: HOLE });
    expect(response.status).toBe(200);
    expect(house.bedrock.requests.at(-1)!.modelId).toBe(model);
  });
});

describe("one request, several calls", () => {
  it("makes as many pictures as were asked for, none of them twice", async () => {
    for (const model of [TITAN, SDXL]) {
      const { data } = await read(await generate({ model, n: 10 }));
      expect(new Set(data.map(({ b64_json }) => b64_json)).size).toBe(10);
    }
    expect(house.bedrock.requests).toHaveLength(2 + 10);
  });

  it("makes the same again of the seed that an answer names", async () => {
    for (const model of [TITAN, SDXL, SD35]) {
      const { data: first } = await read(await generate({ model }));
      const { data: again } = await read(await generate({ model, seed: first[0]!.seed }));
      expect(again[0]).toEqual(first[0]);
    }
  });

  it("is the same, byte for byte, for the same seed", async () => {
    for (let time = 0; time < 2; time += 1)
      await generate({ seed: 4, negative_prompt: "x", size: "512x512" });
    expect(JSON.stringify(sentBodies()[0])).toBe(JSON.stringify(sentBodies()[1]));
  });
});

describe("what filters hold back", () => {
  it.each([
    [CANVAS, "nsfw"],
    [CANVAS, "filtered-input"],
    [CANVAS, "moderated"],
    [CANVAS, "filtered-output"],
    [TITAN, "nsfw"],
    [TITAN, "filtered-output"],
    [SD35, "nsfw"],
    [SD35, "filtered-output"],
    [SDXL, "nsfw"],
  ])("of %s is refused as OpenAI refuses it: %s", async (model, prompt) => {
    for (const stream of [false, true]) {
      const response = await generate({ model, prompt, stream });
      expect(response.status).toBe(400);
      const { error } = await read(response);
      expect(error).toMatchObject({
        type: "invalid_request_error",
        code: "content_policy_violation",
        param: null,
      });
    }
  });

  it("in part leaves the others, and says so", async () => {
    const response = await generate({ prompt: "filtered-output", n: 3 });
    expect((await read(response)).data).toHaveLength(2);
    expect(params(response)).toEqual(["n: clamped"]);
  });

  it("in part never looks like a complete stream", async () => {
    const response = await generate({ prompt: "filtered-output", n: 3, stream: true });
    const [first, second, last] = dataOf(await response.text());
    expect([first?.["type"], second?.["type"]]).toEqual(Array(2).fill("image_generation.completed"));
    expect(last).toMatchObject({ error: { code: "content_policy_violation" } });
  });

  it("by a guardrail is refused the same way, and the guardrail is told to AWS", async () => {
    house.bedrock.enqueue({ response: { "amazon-bedrock-guardrailAction": "INTERVENED", images: ["aGk="] } });
    const guardrailConfig = { guardrailIdentifier: "abc", guardrailVersion: "2" };
    const response = await generate({ guardrailConfig, user: "u-1" });
    expect((await read(response)).error.code).toBe("content_policy_violation");
    expect(house.bedrock.requests[0]!.headers).toMatchObject({
      "x-amzn-bedrock-guardrailidentifier": "abc",
      "x-amzn-bedrock-request-metadata": '{"user":"u-1"}',
    });
  });

  it.each([SD35, SDXL])("is not what %s calls an error", async (model) => {
    const response = await generate({ model, prompt: "inference-error" });
    expect(response.status).toBe(500);
    expect((await read(response)).error).toMatchObject({ type: "server_error", code: "model_error" });
  });
});

describe("a failure of AWS's", () => {
  const json = (text: string): Uint8Array[] => [new TextEncoder().encode(text)];
  it.each<[number, string | null, Parameters<House["bedrock"]["enqueue"]>[0]]>([
    [429, "rate_limit_exceeded", { error: { name: "ThrottlingException", message: "slow down" } }],
    [403, "model_not_available", { error: { name: "AccessDeniedException", message: "no" } }],
    [404, "model_not_found", { error: { name: "ResourceNotFoundException", message: "no" } }],
    [500, null, { error: { name: "InternalServerException", message: "oops" } }],
    [503, "service_unavailable", { error: { name: "ServiceUnavailableException", message: "busy" } }],
    [502, "empty_response", { bytes: json('{"images":["iVBOR') }],
    [502, "empty_response", { bytes: json("<html>") }],
    [502, "empty_response", { response: { images: [] } }],
  ])("is a %i %s, streamed or not", async (status, code, reply) => {
    for (const stream of [false, true]) {
      house.bedrock.enqueue(reply);
      const response = await generate({ stream });
      expect(response.status).toBe(status);
      expect((await read(response)).error.code).toBe(code);
    }
  });

  it("after the first picture is the last frame of a stream", async () => {
    house.bedrock.enqueue({
      headersDelayMs: 300,
      error: { name: "ThrottlingException", message: "slow down" },
    });
    const response = await generate({ model: SDXL, n: 2, stream: true });
    expect(response.status).toBe(200);
    const [picture, failure, ...rest] = dataOf(await response.text());
    expect(picture).toMatchObject({ type: "image_generation.completed" });
    expect(failure).toMatchObject({ error: { type: "rate_limit_error", code: "rate_limit_exceeded" } });
    expect(rest).toEqual([]);
  });

  it("of one call stops the others", async () => {
    for (const stream of [false, true]) {
      house.bedrock.reset();
      house.bedrock.enqueue({ error: { name: "ThrottlingException", message: "slow down" } });
      house.bedrock.enqueue({ headersDelayMs: 60_000 });
      expect((await generate({ model: SDXL, n: 2, stream })).status).toBe(429);
      await eventually(() => house.bedrock.requests.some(({ aborted }) => aborted === true));
    }
  });
});

describe("a caller who leaves stops AWS", () => {
  const allAborted = (): Promise<void> =>
    eventually(
      () => house.bedrock.requests.length === 2 && house.bedrock.requests.every(({ aborted }) => aborted),
    );

  it.each([false, true])("before the answer (stream: %s)", async (stream) => {
    for (let call = 0; call < 2; call += 1) house.bedrock.enqueue({ headersDelayMs: 60_000 });
    const controller = new AbortController();
    const response = generate({ model: SDXL, n: 2, stream }, { signal: controller.signal });
    response.catch(() => undefined);
    await eventually(() => house.bedrock.requests.length === 2);
    controller.abort();
    await allAborted();
  });

  it("by leaving the stream", async () => {
    house.bedrock.enqueue({ headersDelayMs: 60_000 });
    const response = await generate({ model: SDXL, n: 2, stream: true });
    await response.body!.cancel();
    await eventually(() => house.bedrock.requests.some(({ aborted }) => aborted === true));
    expect(house.logged).toEqual([]);
  });
});

describe("what was asked and cannot be", () => {
  it.each<[object, string, string]>([
    [{ model: CLAUDE }, "unsupported_model", "model"],
    [{ model: "amazon.titan-embed-image-v1" }, "unsupported_model", "model"],
    [{ prompt: undefined }, "missing_required_parameter", "prompt"],
    [{ size: "1024" }, "invalid_value", "size"],
    [{ n: 11 }, "integer_above_max_value", "n"],
    [{ n: 0 }, "integer_below_min_value", "n"],
    [{ quality: "best" }, "invalid_value", "quality"],
    [{ output_format: "bmp" }, "invalid_value", "output_format"],
    [{ prompt: "x".repeat(1025) }, "string_above_max_length", "prompt"],
    [{ seed: -1 }, "integer_below_min_value", "seed"],
    [{ taskType: "PAINT" }, "unsupported_value", "taskType"],
  ])("%o is a 400 that names it, and nothing is sent", async (body, code, param) => {
    const response = await generate(body);
    expect(response.status).toBe(400);
    expect((await read(response)).error).toMatchObject({ type: "invalid_request_error", code, param });
    expect(house.bedrock.requests).toEqual([]);
  });

  it("is done as near as it can be, and named", async () => {
    const response = await generate({ size: "256x256", style: "natural", moderation: "low", steps: 5 });
    expect(response.status).toBe(200);
    expect(params(response).toSorted()).toEqual([
      "moderation: dropped",
      "size: clamped",
      "steps: dropped",
      "style: dropped",
    ]);
  });

  it("is refused where the operator wants it so", async () => {
    const options = { unsupported: "reject" } as const;
    const refused = await generate({ size: "256x256" }, { options });
    expect(refused.status).toBe(400);
    expect((await read(refused)).error).toMatchObject({ code: "unsupported_parameter", param: "size" });
    expect(house.bedrock.requests).toEqual([]);
    expect((await generate({ size: "1536x1024", quality: "hd" }, { options })).status).toBe(200);
  });
});

describe("x-bedrock-explain: 1", () => {
  it("shows each exact AWS request and sends nothing", async () => {
    const headers = { "x-bedrock-explain": "1" };
    const asked = { model: SDXL, n: 2, seed: 5, size: "100x100", stream: true };
    const response = await generate(asked, { headers });
    const explained = (await response.json()) as { request: { path: string; body: unknown } }[];
    expect(house.bedrock.requests).toEqual([]);
    expect(explained).toMatchObject(
      [5, 6].map((seed) => ({
        target: { model: SDXL, surface: "invoke" },
        request: { path: `/model/${SDXL}/invoke`, body: { width: 1024, height: 1024, seed } },
        adjustments: [{ param: "size", action: "clamped" }],
      })),
    );
    await (await generate(asked)).text();
    expect(sentBodies().toSorted((a, b) => Number(a["seed"]) - Number(b["seed"]))).toEqual(
      explained.map(({ request }) => request.body),
    );
  });
});

describe("the operator's own", () => {
  it("names and defaults hold for images", async () => {
    const models = { "dall-e-3": { model: CANVAS, defaults: { quality: "hd", size: "512x512" } } };
    await generate({ model: "dall-e-3", size: "1024x1024" }, { options: { models } });
    expect(house.bedrock.requests[0]!.modelId).toBe(CANVAS);
    expect(sentBodies()[0]).toMatchObject({ imageGenerationConfig: { quality: "premium", width: 1024 } });
  });
});
