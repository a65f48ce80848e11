import { describe, expect, it } from "vitest";
import { answerOf, verdictOf } from "../invoke/call.ts";
import { emulator, post } from "../support.ts";
import type { Body } from "../support.ts";
import {
  CANVAS,
  guided,
  inpaints,
  outpaints,
  paints,
  removes,
  TITAN,
  TITAN_V1,
  triesOn,
  varies,
} from "./amazon-bodies.ts";
import { flat, halfMask, hueOf, png, readPicture } from "./pictures.ts";

const picturesOf = async (model: string, body: Body) => {
  const { images } = (await answerOf(model, body)) as { images: string[] };
  return images.map(readPicture);
};
const pictureOf = async (model: string, body: Body) => {
  const [picture] = await picturesOf(model, body);
  if (!picture) throw new Error("no picture");
  return picture;
};
const asks = (text: string, config: object = {}) => paints({ text }, { width: 320, height: 704, ...config });

const SIDE = 320;
const GREEN = [0, 200, 0];
const image = flat(SIDE, SIDE, ...GREEN);
const maskImage = halfMask(SIDE, SIDE);
/** One pixel of each half: the mask is black on the left. */
const halves = ({ at }: { at(x: number, y: number): number[] }) => [at(20, 160), at(300, 160)];
/** One pixel in the middle, which is what the emulator finds, and one at the edge. */
const middle = ({ at }: { at(x: number, y: number): number[] }) => [at(160, 160), at(5, 5)];

describe("a picture from text", () => {
  it.each([
    [TITAN, 1173, 640],
    [TITAN_V1, 512, 512],
    [CANVAS, 1280, 720],
  ])("of %s is really %s by %s pixels", async (model, width, height) => {
    const picture = await pictureOf(model, asks("a fox", { width, height }));
    expect(picture).toMatchObject({ width, height, channels: 3 });
    expect(picture.at(width - 1, height - 1)).toHaveLength(3);
  });

  it("has 1024 by 1024 pixels where nothing else is asked for", async () => {
    const body = { taskType: "TEXT_IMAGE", textToImageParams: { text: "a fox" } };
    expect(await pictureOf(CANVAS, body)).toMatchObject({ width: 1024, height: 1024 });
  });

  it.each(["red", "green", "blue"])("is %s when the prompt says so", async (colour) => {
    const { average } = await pictureOf(TITAN, asks(`a large ${colour.toUpperCase()} fox on a yellow field`));
    expect(hueOf(average())).toBe(colour);
  });

  it("is not of the colour that is not wanted", async () => {
    const text = { text: "a blue fox", negativeText: "red" };
    expect(hueOf((await pictureOf(TITAN, paints(text))).average())).toBe("blue");
  });

  it("is the same for the same model, prompt and seed, and another one for another", async () => {
    const said = async (model: string, text: string, seed?: number) =>
      JSON.stringify((await answerOf(model, asks(text, seed === undefined ? {} : { seed })))["images"]);
    const [first, again, ...others] = await Promise.all([
      said(TITAN, "a red fox", 42),
      said(TITAN, "a red fox"),
      said(TITAN, "a red fox", 43),
      said(TITAN, "a red wolf", 42),
      said(TITAN_V1, "a red fox", 42),
    ]);
    expect(again, "Titan's seed is 42 unless told otherwise").toBe(first);
    expect(new Set([first, ...others]).size).toBe(4);
  });

  it("is another one each time when there are several", async () => {
    const { images } = (await answerOf(CANVAS, asks("a red fox", { numberOfImages: 5, height: 320 }))) as {
      images: string[];
    };
    expect(new Set(images).size).toBe(5);
  });

  it("has the colours of its guide", async () => {
    const body = guided({ text: "a blue fox", colors: ["#C80000"] });
    const { average } = await pictureOf(CANVAS, body);
    expect(hueOf(average())).toBe("red");
  });

  it("has the colour of what it varies, unless the prompt names another", async () => {
    const of = async (params: object) =>
      hueOf((await pictureOf(TITAN, varies({ images: [image], ...params }))).average());
    expect(await of({})).toBe("green");
    expect(await of({ text: "as a red one" })).toBe("red");
  });
});

describe("painting into a picture", () => {
  it("changes what is black in the mask, and nothing else", async () => {
    const picture = await pictureOf(TITAN, inpaints({ image, maskImage, text: "a red fox" }));
    const [black = [], white] = halves(picture);
    expect(picture).toMatchObject({ width: SIDE, height: SIDE });
    expect(hueOf(black)).toBe("red");
    expect(white).toEqual(GREEN);
  });

  it("changes what is white in the mask when it paints around", async () => {
    const picture = await pictureOf(CANVAS, outpaints({ image, maskImage, text: "a red fox" }));
    const [black, white = []] = halves(picture);
    expect(black).toEqual(GREEN);
    expect(hueOf(white)).toBe("red");
  });

  it("without a prompt covers it with the picture's own colours", async () => {
    const spotted = png(SIDE, SIDE, (x) => (x < 30 ? [250, 0, 0] : GREEN));
    const [black = []] = halves(
      await pictureOf(CANVAS, inpaints({ image: spotted, maskImage, text: undefined })),
    );
    expect(hueOf(black)).toBe("green");
  });

  it("finds what a prompt describes in the middle", async () => {
    const described = { image, maskImage: undefined, maskPrompt: "the fox", text: "a red fox" };
    const [found = [], edge] = middle(await pictureOf(CANVAS, inpaints(described)));
    expect([hueOf(found), edge]).toEqual(["red", GREEN]);
    const [kept, around = []] = middle(await pictureOf(TITAN, outpaints(described)));
    expect([kept, hueOf(around)]).toEqual([GREEN, "red"]);
  });

  it("gives a picture of the image's size where it cannot read the image", async () => {
    const jpeg = Buffer.from("ffd8ffc0001108014001900301110002110003110", "hex").toString("base64");
    const body = inpaints({ image: jpeg, maskImage: undefined, maskPrompt: "the fox", text: "blue" });
    const picture = await pictureOf(CANVAS, body);
    expect(picture).toMatchObject({ width: 400, height: 320 });
    expect(hueOf(picture.average())).toBe("blue");
  });

  it("gives as many as asked for, each another one", async () => {
    const { images } = (await answerOf(TITAN, inpaints({ image, maskImage }, { numberOfImages: 3 }))) as {
      images: string[];
    };
    expect(new Set(images).size).toBe(3);
  });

  it("tries a garment on in its colour, and shows its mask when asked to", async () => {
    const body = triesOn({
      sourceImage: image,
      referenceImage: flat(SIDE, SIDE, 0, 0, 220),
      maskType: "IMAGE",
      imageBasedMask: { maskImage },
      returnMask: true,
    });
    const answer = await answerOf(CANVAS, body);
    const [black = [], white] = halves(readPicture((answer["images"] as string[])[0]));
    expect([hueOf(black), white]).toEqual(["blue", GREEN]);
    expect(halves(readPicture(answer["maskImage"]))).toEqual([
      [0, 0, 0],
      [255, 255, 255],
    ]);
  });
});

describe("a removed background", () => {
  it("is transparent, and the subject is as it was", async () => {
    const { images } = (await answerOf(CANVAS, removes({ image }))) as { images: string[] };
    expect(images).toHaveLength(1);
    const [subject, edge] = middle(readPicture(images[0]));
    expect(subject).toEqual([...GREEN, 255]);
    expect(edge?.[3]).toBe(0);
  });
});

describe("the answer", () => {
  it("tells of no error, Titan's in a member of its own", async () => {
    expect(await answerOf(TITAN, asks("a fox"))).toEqual({ images: [expect.any(String)], error: null });
    expect(await answerOf(CANVAS, asks("a fox"))).toEqual({ images: [expect.any(String)] });
  });

  it("does not come in a stream", async () => {
    const { status, json } = await post(await emulator(), asks("a fox"), {
      model: TITAN,
      operation: "invoke-with-response-stream",
    });
    expect([status, json()]).toEqual([400, { message: "The model is unsupported for streaming." }]);
  });

  it("is a script's where there is one, which a refusal does not use up", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ error: { name: "ThrottlingException", message: "slow down" } });
    expect(await verdictOf(CANVAS, asks("nsfw"), bedrock)).toContain("blocked by our content filters");
    expect(await verdictOf(CANVAS, asks("a fox"), bedrock)).toBe("429 slow down");
    expect(await verdictOf(CANVAS, asks("a fox"), bedrock)).toBe("accepted");
  });
});

describe("moderation", () => {
  const blocked = "This request has been blocked by our content filters.";
  it.each([
    [
      TITAN,
      `${blocked} Our filters automatically flagged this prompt because it may conflict our AUP or AWS Responsible AI Policy. Please adjust your text prompt to submit a new request.`,
    ],
    [CANVAS, `${blocked} Please adjust your text prompt to submit a new request.`],
  ])("%s blocks a prompt", async (model, message) => {
    expect(await verdictOf(model, asks("an nsfw fox"))).toBe(`400 ${message}`);
    const hidden = paints({ text: "a fox", negativeText: "not nsfw" });
    expect(await verdictOf(model, hidden), "wherever it stands").toBe(`400 ${message}`);
  });

  it("blocks an image", async () => {
    const message = `400 ${blocked} Please adjust your input image to submit a new request.`;
    expect(await verdictOf(CANVAS, inpaints({ text: "filtered-input" }))).toBe(message);
  });

  it.each([TITAN, CANVAS])("%s keeps all pictures back, or some", async (model) => {
    const filtered = (numberOfImages: number) => answerOf(model, asks("filtered-output", { numberOfImages }));
    const have = "of the generated images have been blocked by our content filters.";
    expect(await filtered(1)).toEqual({ images: [], error: `All ${have}` });
    expect(await filtered(3)).toEqual({
      images: [expect.any(String), expect.any(String)],
      error: `Some ${have}`,
    });
  });

  it("of Canvas may say so in another form", async () => {
    expect(await answerOf(CANVAS, asks("a moderated fox"))).toEqual({
      status: "Request Moderated",
      details: { "Moderation Reasons": [expect.any(String)] },
    });
    expect(await answerOf(TITAN, asks("a moderated fox"))).toHaveProperty("error", null);
  });
});
