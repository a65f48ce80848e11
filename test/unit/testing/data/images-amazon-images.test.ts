import { describe, expect, it } from "vitest";
import { refusal, verdictOf } from "../invoke/call.ts";
import {
  CANVAS,
  guided,
  image,
  inpaints,
  invalid,
  judge,
  outpaints,
  removes,
  TITAN,
  triesOn,
  garment,
  varies,
} from "./amazon-bodies.ts";
import { flat, halfMask, header, png } from "./pictures.ts";

const gif = Buffer.from("GIF89a\x08\0\x08\0", "latin1").toString("base64");
const webp = Buffer.from("RIFF\0\0\0\0WEBPVP8X\n\0\0\0\0\0\0\0\x7f\x01\0\x7f\x01\0", "latin1").toString(
  "base64",
);

describe("an image that comes in", () => {
  const formats = "Images must be base64-encoded PNG or JPEG.";
  const canvasBounds =
    "Each side must have 320 to 4096 pixels, no side may be more than 4 times longer than the other, and there must " +
    "be less than 4194304 pixels.";
  const jpeg = Buffer.from("ffd8ffc0001108014001400301110002110003110", "hex").toString("base64");
  judge([
    ["is a JPEG", CANVAS, removes({ image: jpeg }), "accepted"],
    ["is a GIF", CANVAS, removes({ image: gif }), invalid("backgroundRemovalParams.image", "gif", formats)],
    ["is a WebP", TITAN, inpaints({ image: webp }), invalid("inPaintingParams.image", "webp", formats)],
    [
      "is a data URL",
      TITAN,
      removes({ image: `data:image/png;base64,${image}` }),
      invalid("backgroundRemovalParams.image", "no image", formats),
    ],
    [
      "is one of several that are none",
      TITAN,
      varies({ images: [image, "aGVsbG8="] }),
      invalid("imageVariationParams.images.1", "no image", formats),
    ],
    [
      "is cut short",
      TITAN,
      removes({ image: image.slice(0, 16) }),
      invalid("backgroundRemovalParams.image", "no image", formats),
    ],
    ["is small", TITAN, removes({ image: flat(8, 8, 1, 2, 3) }), "accepted"],
    [
      "is small",
      CANVAS,
      removes({ image: flat(319, 400, 1, 2, 3) }),
      invalid("(width, height)", "(319, 400)", canvasBounds),
    ],
    ["is of an uneven size", CANVAS, removes({ image: flat(321, 401, 1, 2, 3) }), "accepted"],
    [
      "is large",
      CANVAS,
      removes({ image: header(2048, 2048) }),
      invalid("(width, height)", "(2048, 2048)", canvasBounds),
    ],
    [
      "is narrow",
      CANVAS,
      removes({ image: header(321, 1300) }),
      invalid("(width, height)", "(321, 1300)", canvasBounds),
    ],
    [
      "is large",
      TITAN,
      removes({ image: header(1409, 100) }),
      invalid("(width, height)", "(1409, 100)", "The maximum is 1408 pixels a side."),
    ],
    ["is large, of which there is to be another", TITAN, varies({ images: [header(4096, 100)] }), "accepted"],
    [
      "is very large, of which there is to be another",
      TITAN,
      varies({ images: [header(4097, 100)] }),
      invalid("(width, height)", "(4097, 100)", "The maximum is 4096 pixels a side."),
    ],
    [
      "is a file of more than 5 MB",
      TITAN,
      removes({
        image: Buffer.concat([Buffer.from(image, "base64"), Buffer.alloc(6_000_000)]).toString("base64"),
      }),
      invalid(
        "image size",
        `${6_000_000 + Buffer.from(image, "base64").length} bytes`,
        "The maximum is 5 MB.",
      ),
    ],
    [
      "has a pixel that is not opaque",
      TITAN,
      inpaints({ image: png(320, 320, (x, y) => [1, 2, 3, x + y === 9 ? 254 : 255]) }),
      invalid(
        "inPaintingParams.image",
        "transparent pixels",
        "An alpha channel must not have transparent or translucent pixels.",
      ),
    ],
    [
      "has an alpha channel of opaque pixels",
      CANVAS,
      inpaints({ image: flat(320, 320, 1, 2, 3, 255) }),
      "accepted",
    ],
  ]);

  it("may not make the body larger than 25 MB", async () => {
    const body = removes({ image: "A".repeat(25_000_000) });
    expect(await verdictOf(CANVAS, body)).toMatch(/^400 .*'body' failed to satisfy constraint/);
  });
});

describe("a mask", () => {
  const what = "inPaintingParams.maskImage";
  const pure = "A mask must have only pure black and pure white pixels.";
  judge([
    [
      "is missing",
      TITAN,
      inpaints({ maskImage: undefined }),
      refusal("#/inPaintingParams: 0 subschemas matched instead of one"),
    ],
    [
      "is given in both ways",
      CANVAS,
      outpaints({ maskPrompt: "the fox" }),
      refusal("#/outPaintingParams: 2 subschemas matched instead of one"),
    ],
    ["is described", TITAN, inpaints({ maskImage: undefined, maskPrompt: "the fox" }), "accepted"],
    [
      "has another size than the image",
      CANVAS,
      inpaints({ maskImage: halfMask(336, 320) }),
      invalid(`(width, height) of ${what}`, "(336, 320)", "It must be the image's, (320, 320)."),
    ],
    [
      "has a grey pixel",
      TITAN,
      inpaints({ maskImage: png(320, 320, (x, y) => (x + y === 99 ? [1, 1, 1] : [0, 0, 0])) }),
      invalid(what, "other colours", pure),
    ],
    [
      "has a red pixel",
      CANVAS,
      inpaints({ maskImage: flat(320, 320, 255, 0, 0) }),
      invalid(what, "other colours", pure),
    ],
    [
      "is OpenAI's, with transparent pixels",
      CANVAS,
      inpaints({ maskImage: png(320, 320, (x) => [0, 0, 0, x < 9 ? 0 : 255]) }),
      invalid(
        what,
        "transparent pixels",
        "An alpha channel must not have transparent or translucent pixels.",
      ),
    ],
  ]);
});

describe("the parameters of other tasks", () => {
  const at = "#/virtualTryOnParams";
  judge([
    [
      "a mode of painting around that is none",
      TITAN,
      outpaints({ outPaintingMode: "FAST" }),
      refusal("#/outPaintingParams/outPaintingMode: FAST is not a valid enum value"),
    ],
    [
      "no image to vary",
      TITAN,
      varies({ images: [] }),
      refusal("#/imageVariationParams/images: expected minimum item count: 1, found: 0"),
    ],
    [
      "six images to vary",
      CANVAS,
      varies({ images: Array(6).fill(image) }),
      refusal("#/imageVariationParams/images: expected maximum item count: 5, found: 6"),
    ],
    [
      "too little similarity",
      CANVAS,
      varies({ images: [image], similarityStrength: 0.1 }),
      refusal("#/imageVariationParams/similarityStrength: 0.1 is not greater or equal to 0.2"),
    ],
    [
      "no colour",
      CANVAS,
      guided({ colors: [] }),
      refusal("#/colorGuidedGenerationParams/colors: expected minimum item count: 1, found: 0"),
    ],
    [
      "eleven colours",
      TITAN,
      guided({ colors: Array(11).fill("#000000") }),
      refusal("#/colorGuidedGenerationParams/colors: expected maximum item count: 10, found: 11"),
    ],
    [
      "a colour by its name",
      TITAN,
      guided({ colors: ["#FF9800", "red"] }),
      refusal(
        "#/colorGuidedGenerationParams/colors/1: string [red] does not match pattern ^#[0-9A-Fa-f]{6}$",
      ),
    ],
    ["a garment", CANVAS, triesOn(garment), "accepted"],
    [
      "a garment without its mask",
      CANVAS,
      triesOn({ maskType: "GARMENT" }),
      refusal(`${at}: required key [garmentBasedMask] not found`),
    ],
    [
      "a garment with another mask",
      CANVAS,
      triesOn({ ...garment, promptBasedMask: { maskPrompt: "the shirt" } }),
      refusal(`${at}: extraneous key [promptBasedMask] is not permitted`),
    ],
    [
      "a garment of an unknown kind",
      CANVAS,
      triesOn({ ...garment, garmentBasedMask: { garmentClass: "HAT" } }),
      refusal(`${at}/garmentBasedMask/garmentClass: HAT is not a valid enum value`),
    ],
    [
      "a garment and a mask of another size",
      CANVAS,
      triesOn({ maskType: "IMAGE", imageBasedMask: { maskImage: halfMask(400, 320) } }),
      invalid(
        "(width, height) of virtualTryOnParams.imageBasedMask.maskImage",
        "(400, 320)",
        "It must be the image's, (320, 320).",
      ),
    ],
  ]);
});
