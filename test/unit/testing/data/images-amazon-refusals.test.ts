import { describe } from "vitest";
import { refusal } from "../invoke/call.ts";
import {
  CANVAS,
  image,
  inpaints,
  invalid,
  judge,
  outpaints,
  paints,
  removes,
  sized,
  TITAN,
  TITAN_V1,
  triesOn,
  garment,
} from "./amazon-bodies.ts";
import type { Row } from "./amazon-bodies.ts";

describe("the task", () => {
  judge([
    [
      "is missing",
      TITAN,
      { textToImageParams: { text: "a" } },
      refusal("#: required key [taskType] not found"),
    ],
    [
      "is unknown",
      CANVAS,
      { taskType: "TEXT_VIDEO", textToImageParams: { text: "a" } },
      refusal("#/taskType: TEXT_VIDEO is not a valid enum value"),
    ],
    [
      "has no parameters",
      TITAN,
      { taskType: "TEXT_IMAGE" },
      refusal("#: required key [textToImageParams] not found"),
    ],
    [
      "has those of another",
      CANVAS,
      { ...paints(), taskType: "INPAINTING" },
      refusal("2 schema violations found"),
    ],
    [
      "has those of another too",
      CANVAS,
      { ...paints(), inPaintingParams: { image } },
      refusal("#: extraneous key [inPaintingParams] is not permitted"),
    ],
    ...["COLOR_GUIDED_GENERATION", "BACKGROUND_REMOVAL", "VIRTUAL_TRY_ON"].map((taskType): Row => [
      `${taskType} is not for the first Titan`,
      TITAN_V1,
      { taskType },
      refusal(`#/taskType: ${taskType} is not a valid enum value`),
    ]),
    [
      "VIRTUAL_TRY_ON is for Canvas alone",
      TITAN,
      triesOn(garment),
      refusal("#/taskType: VIRTUAL_TRY_ON is not a valid enum value"),
    ],
    [
      "has a sibling that nobody knows",
      TITAN,
      { ...paints(), prompt: "a" },
      refusal("#: extraneous key [prompt] is not permitted"),
    ],
  ]);
});

describe("the prompt", () => {
  const at = "#/textToImageParams";
  const long = (length: number) => paints({ text: "a".repeat(length) });
  judge([
    ["is missing", TITAN, paints({}), refusal(`${at}: required key [text] not found`)],
    ["is empty", TITAN, paints({ text: "" }), refusal(`${at}/text: expected minLength: 1, actual: 0`)],
    ["is as long as may be", TITAN, long(512), "accepted"],
    ["is too long", TITAN, long(513), refusal(`${at}/text: expected maxLength: 512, actual: 513`)],
    ["is as long as may be", CANVAS, long(1024), "accepted"],
    ["is too long", CANVAS, long(1025), refusal(`${at}/text: expected maxLength: 1024, actual: 1025`)],
    [
      "of what is not wanted is too long",
      TITAN,
      paints({ text: "a", negativeText: "b".repeat(513) }),
      refusal(`${at}/negativeText: expected maxLength: 512, actual: 513`),
    ],
    [
      "is missing where Titan paints around",
      TITAN,
      outpaints({ text: undefined }),
      refusal("#/outPaintingParams: required key [text] not found"),
    ],
    ["may be missing where Canvas paints around", CANVAS, outpaints({ text: undefined }), "accepted"],
    ["may be missing where something goes away", TITAN, inpaints({ text: undefined }), "accepted"],
  ]);
});

describe("the parameters of a picture from text", () => {
  const with_ = (params: object) => paints({ text: "a", ...params });
  judge([
    ["a style", CANVAS, with_({ style: "PHOTOREALISM" }), "accepted"],
    [
      "a style that Canvas does not know",
      CANVAS,
      with_({ style: "vivid" }),
      refusal("#/textToImageParams/style: vivid is not a valid enum value"),
    ],
    [
      "a style",
      TITAN,
      with_({ style: "PHOTOREALISM" }),
      refusal("#/textToImageParams: extraneous key [style] is not permitted"),
    ],
    ["an image beside it", TITAN, with_({ conditionImage: image, controlMode: "SEGMENTATION" }), "accepted"],
    [
      "an image beside it",
      TITAN_V1,
      with_({ conditionImage: image }),
      refusal("#/textToImageParams: extraneous key [conditionImage] is not permitted"),
    ],
    [
      "an unknown kind of control",
      CANVAS,
      with_({ conditionImage: image, controlMode: "DEPTH" }),
      refusal("#/textToImageParams/controlMode: DEPTH is not a valid enum value"),
    ],
    [
      "too much control",
      CANVAS,
      with_({ conditionImage: image, controlStrength: 1.1 }),
      refusal("#/textToImageParams/controlStrength: 1.1 is not less or equal to 1"),
    ],
  ]);
});

describe("the settings", () => {
  const set = (config: object) => paints({ text: "a" }, config);
  const at = "#/imageGenerationConfig";
  judge([
    ["five pictures", TITAN, set({ numberOfImages: 5, width: 512, height: 512 }), "accepted"],
    [
      "six pictures",
      TITAN,
      set({ numberOfImages: 6 }),
      refusal(`${at}/numberOfImages: 6 is not less or equal to 5`),
    ],
    [
      "no picture",
      CANVAS,
      set({ numberOfImages: 0 }),
      refusal(`${at}/numberOfImages: 0 is not greater or equal to 1`),
    ],
    [
      "OpenAI's quality",
      CANVAS,
      set({ quality: "hd" }),
      refusal(`${at}/quality: hd is not a valid enum value`),
    ],
    ["a low scale", TITAN, set({ cfgScale: 1 }), refusal(`${at}/cfgScale: 1 is not greater or equal to 1.1`)],
    [
      "a high scale",
      TITAN,
      set({ cfgScale: 10.5 }),
      refusal(`${at}/cfgScale: 10.5 is not less or equal to 10`),
    ],
    [
      "a seed of 31 bits",
      TITAN,
      set({ seed: 2_147_483_647 }),
      refusal(`${at}/seed: 2147483647 is not less or equal to 2147483646`),
    ],
    [
      "a seed of Titan's",
      CANVAS,
      set({ seed: 858_993_460 }),
      refusal(`${at}/seed: 858993460 is not less or equal to 858993459`),
    ],
    [
      "a broken seed",
      CANVAS,
      set({ seed: 1.5 }),
      refusal(`${at}/seed: expected type: Integer, found: Double`),
    ],
    [
      "a setting that nobody knows",
      TITAN,
      set({ n: 2 }),
      refusal(`${at}: extraneous key [n] is not permitted`),
    ],
    [
      "a size for what is painted into a picture",
      TITAN,
      inpaints({}, { width: 512 }),
      refusal(`${at}: extraneous key [width] is not permitted`),
    ],
    [
      "all settings but the size",
      CANVAS,
      inpaints({}, { numberOfImages: 2, seed: 1, cfgScale: 5 }),
      "accepted",
    ],
    [
      "a size for what is painted around a picture",
      CANVAS,
      { ...outpaints({}), imageGenerationConfig: { height: 512 } },
      refusal(`${at}: extraneous key [height] is not permitted`),
    ],
    [
      "any settings for a removed background",
      CANVAS,
      removes({ image }, { imageGenerationConfig: { seed: 1 } }),
      refusal("#: extraneous key [imageGenerationConfig] is not permitted"),
    ],
  ]);
});

describe("the size of a picture", () => {
  judge([
    ...["512x512", "384x576", "1280x768", "1173x640", "320x704"].map((size): Row => {
      const [width = 0, height = 0] = size.split("x").map(Number);
      return [`${size} is in the table`, TITAN, sized(width, height), "accepted"];
    }),
    ["1280x720 is not", TITAN, sized(1280, 720), invalid("(width, height)", "(1280, 720)")],
    ["OpenAI's 256x256 is not", TITAN, sized(256, 256), invalid("(width, height)", "(256, 256)")],
    [
      "the other side is 1024",
      TITAN,
      paints({ text: "a" }, { width: 512 }),
      invalid("(width, height)", "(512, 1024)"),
    ],
    ["1280x720 is for Canvas", CANVAS, sized(1280, 720), "accepted"],
    ["4080x1024 is for Canvas", CANVAS, sized(4080, 1024), "accepted"],
    ["320x1280 is for Canvas", CANVAS, sized(320, 1280), "accepted"],
    [
      "a side is short",
      CANVAS,
      sized(304, 512),
      refusal("#/imageGenerationConfig/width: 304 is not greater or equal to 320"),
    ],
    [
      "a side is long",
      CANVAS,
      sized(1024, 4112),
      refusal("#/imageGenerationConfig/height: 4112 is not less or equal to 4096"),
    ],
    [
      "a side is uneven",
      CANVAS,
      sized(1024, 1000),
      refusal("#/imageGenerationConfig/height: 1000 is not a multiple of 16"),
    ],
    ["2048x2048 has too many pixels", CANVAS, sized(2048, 2048), invalid("(width, height)", "(2048, 2048)")],
    ["2048x2032 has not", CANVAS, sized(2048, 2032), "accepted"],
    [
      "a side is more than four times the other",
      CANVAS,
      sized(1296, 320),
      invalid("(width, height)", "(1296, 320)"),
    ],
  ]);
});
