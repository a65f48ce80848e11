import { invalidValue } from "./amazon-wording.ts";
import type { TaskType } from "./amazon-task-type.ts";

interface Size {
  width: number;
  height: number;
}

/** A model of the envelope that Titan Image and Nova Canvas share, by what it takes and refuses. */
export interface AmazonModel {
  name: string;
  models: RegExp;
  tasks: readonly TaskType[];
  /** Of a prompt, in characters. */
  longestText: number;
  /** Takes an image that guides a picture from text. */
  conditioned: boolean;
  /** Painting around a picture takes a prompt; painting into one never needs it. */
  outPaintingNeedsText: boolean;
  styles?: readonly string[];
  defaultSeed: number;
  maxSeed: number;
  /** Of each side of what is generated, in pixels. */
  sides: { min?: number; max?: number };
  /** Sides are multiples of it. */
  step: number;
  /** May a picture be generated in this size? */
  generates(size: Size): boolean;
  /** Why an image is not taken, if it is not. */
  sourceProblem(image: Size & { bytes: number }, task: TaskType): string | undefined;
  /** What is said of a blocked prompt and of a blocked image. */
  blocked: { prompt: string; inputImage: string };
  /** Answers without an error have `error: null`. */
  tellsNoError: boolean;
}

const TITAN_SIZES = new Set(
  (
    "1024x1024 768x768 512x512 768x1152 384x576 1152x768 576x384 768x1280 384x640 1280x768 640x384 896x1152 448x576 " +
    "1152x896 576x448 768x1408 384x704 1408x768 704x384 640x1408 320x704 1408x640 704x320 1152x640 1173x640"
  ).split(" "),
);
const TITAN_FILE_BYTES = 5 * 1024 * 1024;

const TITAN_BLOCKED =
  "This request has been blocked by our content filters. Our filters automatically flagged this prompt because it may " +
  "conflict our AUP or AWS Responsible AI Policy. Please adjust your text prompt to submit a new request.";
const blocked = (what: string) =>
  `This request has been blocked by our content filters. Please adjust your ${what} to submit a new request.`;

const TITAN_V2: AmazonModel = {
  name: "Titan Image v2",
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
  conditioned: true,
  outPaintingNeedsText: true,
  defaultSeed: 42,
  maxSeed: 2_147_483_646,
  sides: {},
  step: 1,
  generates: ({ width, height }) => TITAN_SIZES.has(`${width}x${height}`),
  sourceProblem: ({ width, height, bytes }, task) => {
    const longest = task === "IMAGE_VARIATION" ? 4096 : 1408;
    if (bytes > TITAN_FILE_BYTES) return invalidValue("image size", `${bytes} bytes`, "The maximum is 5 MB.");
    if (Math.max(width, height) <= longest) return undefined;
    return invalidValue(
      "(width, height)",
      `(${width}, ${height})`,
      `The maximum is ${longest} pixels a side.`,
    );
  },
  blocked: { prompt: TITAN_BLOCKED, inputImage: blocked("input image") },
  tellsNoError: true,
};

/** Without what is "V2 only" in AWS's guide. */
const TITAN_V1: AmazonModel = {
  ...TITAN_V2,
  name: "Titan Image v1",
  models: /^amazon\.titan-image-generator-v1/,
  tasks: ["TEXT_IMAGE", "IMAGE_VARIATION", "INPAINTING", "OUTPAINTING"],
  conditioned: false,
};

const CANVAS_SIDES = { min: 320, max: 4096 };
const fitsCanvas = ({ width, height }: Size) =>
  Math.max(width / height, height / width) <= 4 && width * height < 4_194_304;

const NOVA_CANVAS: AmazonModel = {
  name: "Nova Canvas",
  models: /^amazon\.nova-canvas/,
  tasks: [...TITAN_V2.tasks, "VIRTUAL_TRY_ON"],
  longestText: 1024,
  conditioned: true,
  outPaintingNeedsText: false,
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
  defaultSeed: 12,
  maxSeed: 858_993_459,
  sides: CANVAS_SIDES,
  step: 16,
  generates: fitsCanvas,
  // The bounds of what is generated, but for the multiples.
  sourceProblem: (size) => {
    const { width, height } = size;
    const isWithin = [width, height].every((side) => side >= CANVAS_SIDES.min && side <= CANVAS_SIDES.max);
    if (isWithin && fitsCanvas(size)) return undefined;
    return invalidValue(
      "(width, height)",
      `(${width}, ${height})`,
      "Each side must have 320 to 4096 pixels, no side may be more than 4 times longer than the other, and there " +
        "must be less than 4194304 pixels.",
    );
  },
  blocked: { prompt: blocked("text prompt"), inputImage: blocked("input image") },
  tellsNoError: false,
};

/**
 * Sources: AWS's guides to Titan Image and to Nova Canvas, with its pages on sizes and errors; of Canvas's seeds its code
 * examples.
 */
export const AMAZON_MODELS: readonly AmazonModel[] = [NOVA_CANVAS, TITAN_V2, TITAN_V1];
