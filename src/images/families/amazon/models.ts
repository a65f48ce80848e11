import type { Picture, Size } from "../../picture.ts";
import { nearestSize, sizeList } from "../../sizes.ts";
import { fitCanvas, isCanvasShape } from "./canvas-size.ts";

export type TaskType =
  | "TEXT_IMAGE"
  | "COLOR_GUIDED_GENERATION"
  | "IMAGE_VARIATION"
  | "INPAINTING"
  | "OUTPAINTING"
  | "BACKGROUND_REMOVAL"
  | "VIRTUAL_TRY_ON";

/** One model of the envelope that Titan Image and Nova Canvas share. */
export interface AmazonModel {
  models: RegExp;
  tasks: readonly TaskType[];
  /** Characters of a prompt. */
  longestText: number;
  /** Parameters of tasks that it does not have. */
  lacks: readonly string[];
  outPaintingNeedsText: boolean;
  maxSeed: number;
  styles: readonly string[];
  /** The size it makes that is nearest to the one asked for. */
  fit(size: Size): Size;
  /** Why an image cannot be its input; undefined where it can. */
  problem(image: Picture, type: TaskType): string | undefined;
}

const TITAN_SIZES = sizeList(
  "1024x1024 768x768 512x512 768x1152 384x576 1152x768 576x384 768x1280 384x640 1280x768 640x384 896x1152 448x576 " +
    "1152x896 576x448 768x1408 384x704 1408x768 704x384 640x1408 320x704 1408x640 704x320 1152x640 1173x640",
);

/** 5 MiB. */
const TITAN_BASE64 = Math.ceil((5 * 1024 * 1024) / 3) * 4;

const TITAN_V2: AmazonModel = {
  models: /^amazon\.titan-image-generator-v2/,
  tasks: [
    "TEXT_IMAGE",
    "COLOR_GUIDED_GENERATION",
    "IMAGE_VARIATION",
    "INPAINTING",
    "OUTPAINTING",
    "BACKGROUND_REMOVAL",
  ],
  longestText: 512,
  lacks: [],
  outPaintingNeedsText: true,
  maxSeed: 2_147_483_646,
  styles: [],
  fit: (size) => nearestSize(size, TITAN_SIZES),
  problem: ({ width, height, base64 }, type) => {
    if (base64.length > TITAN_BASE64) return "at most 5 MB";
    const longest = type === "IMAGE_VARIATION" ? 4096 : 1408;
    return Math.max(width, height) > longest ? `at most ${longest} pixels a side` : undefined;
  },
};

/** Without what AWS's guide calls "V2 only". */
const TITAN_V1: AmazonModel = {
  ...TITAN_V2,
  models: /^amazon\.titan-image-generator/,
  tasks: ["TEXT_IMAGE", "IMAGE_VARIATION", "INPAINTING", "OUTPAINTING"],
  lacks: ["conditionImage", "controlMode", "controlStrength"],
};

const CANVAS: AmazonModel = {
  models: /^amazon\.nova-canvas/,
  tasks: [...TITAN_V2.tasks, "VIRTUAL_TRY_ON"],
  longestText: 1024,
  lacks: [],
  outPaintingNeedsText: false,
  maxSeed: 858_993_459,
  styles: [
    "3D_ANIMATED_FAMILY_FILM",
    "DESIGN_SKETCH",
    "FLAT_VECTOR_ILLUSTRATION",
    "GRAPHIC_NOVEL_ILLUSTRATION",
    "MAXIMALISM",
    "MIDCENTURY_RETRO",
    "PHOTOREALISM",
    "SOFT_DIGITAL_PAINTING",
  ],
  fit: fitCanvas,
  problem: (size) =>
    isCanvasShape(size)
      ? undefined
      : "320 to 4096 pixels a side, sides of 1:4 to 4:1, and less than 4194304 pixels",
};

const MODELS: readonly AmazonModel[] = [CANVAS, TITAN_V2, TITAN_V1];

/** Source: AWS's guides to Titan Image Generator and to Nova Canvas. */
export const amazonModelOf = (family: string): AmazonModel =>
  MODELS.find(({ models }) => models.test(family)) ?? CANVAS;
