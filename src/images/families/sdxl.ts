import { isObject } from "../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../conversation/types.ts";
import type { ImageFamily, ImageTask, MadeImages, Making } from "../family.ts";
import { maskWithin, toFamilyMask } from "../mask.ts";
import { noteLeftOver, noteUnused, ownOf } from "../noted.ts";
import { definedOnly } from "../picked.ts";
import type { Picture } from "../picture.ts";
import { checkLength, missing, modelFailed } from "../refusals.ts";
import { fitSize, nearestSize, sizeList } from "../sizes.ts";
import { styleOf } from "../styles.ts";
import { checkFormat } from "./stability/bounds.ts";
import { seededCalls } from "./stability/calls.ts";
import { STYLES } from "./stability/words.ts";

const MAX_PROMPT = 2000;
const MAX_SEED = 4_294_967_295;

const SIZES = sizeList("1024x1024 1152x896 1216x832 1344x768 1536x640 640x1536 768x1344 832x1216 896x1152");

const PARAMETERS: ImageFamily["parameters"] = {
  text_prompts: "json",
  width: "number",
  height: "number",
  cfg_scale: "number",
  clip_guidance_preset: "text",
  sampler: "text",
  steps: "number",
  style_preset: "text",
  extras: "json",
  init_image_mode: "text",
  image_strength: "number",
  step_schedule_start: "number",
  step_schedule_end: "number",
  mask_source: "text",
  mask_image: "picture",
};

const ALWAYS = [
  "text_prompts",
  "cfg_scale",
  "clip_guidance_preset",
  "sampler",
  "steps",
  "style_preset",
  "extras",
];
const FROM_WORDS = [...ALWAYS, "width", "height"];
const FROM_IMAGE = Object.keys(PARAMETERS).filter((name) => name !== "width" && name !== "height");

/** Stable Diffusion XL. Source: AWS's guide to Stability.ai Stable Diffusion 1.0. */
export const SDXL: ImageFamily = {
  name: "sdxl",
  models: /^stability\.stable-diffusion-xl/,
  parameters: PARAMETERS,
  async toCalls(task, making) {
    const { notes } = making;
    const [image] = task.images;
    noteUnused(task, ["quality", "output_format", "background", image ? "size" : "mask"], notes);
    const own = ownOf(task, image ? FROM_IMAGE : FROM_WORDS, PARAMETERS, notes);
    const body = {
      text_prompts: promptsOf(task),
      style_preset: styleOf(task.style, STYLES, notes),
      ...(image ? await fromImage(task, image, making) : fromWords(task, making)),
      ...own,
    };
    return seededCalls(definedOnly(body), task, MAX_SEED, making);
  },
  read,
};

function promptsOf({ prompt, negativePrompt, own }: ImageTask): unknown {
  if (own["text_prompts"] !== undefined) return undefined;
  if (prompt === "") throw missing("prompt");
  checkLength(prompt, MAX_PROMPT, "prompt");
  checkLength(negativePrompt, MAX_PROMPT, "negative_prompt");
  return [
    { text: prompt, weight: 1 },
    ...(negativePrompt === undefined ? [] : [{ text: negativePrompt, weight: -1 }]),
  ];
}

const fromWords = ({ size }: ImageTask, { notes }: Making): JsonObject => ({
  ...(size && fitSize(size, (wanted) => nearestSize(wanted, SIZES), notes)),
});

/** The image decides the size. */
async function fromImage(task: ImageTask, image: Picture, { notes }: Making): Promise<JsonObject> {
  checkFormat(image);
  noteLeftOver(task.images.slice(1), 1, notes);
  const said = task.own["mask_source"] ?? task.own["mask_image"];
  if (said !== undefined) noteUnused(task, ["mask"], notes, { mask: "mask_source says where to paint." });
  return { init_image: image.base64, ...(said === undefined && (await maskOf(task, image))) };
}

async function maskOf({ endpoint, mask }: ImageTask, image: Picture): Promise<JsonObject> {
  if (mask) {
    const { base64 } = await toFamilyMask(mask, image, "white-edits");
    return { mask_source: "MASK_IMAGE_WHITE", mask_image: base64 };
  }
  const isTransparent = endpoint === "edits" && (await maskWithin(image, "white-edits")) !== undefined;
  return isTransparent ? { mask_source: "INIT_IMAGE_ALPHA" } : {};
}

/**
 * `{artifacts: [{base64, seed, finishReason}]}`; what is filtered comes all the same, blurred.
 * @throws BedrockOpenAIError 500 for `ERROR`.
 */
function read({ artifacts }: JsonObject): MadeImages {
  const made = Array.isArray(artifacts) ? artifacts.filter(isObject) : [];
  if (made.some(({ finishReason }) => finishReason === "ERROR")) throw modelFailed("");
  const images = made.flatMap(({ base64, seed, finishReason }) =>
    typeof base64 === "string" && base64 !== "" && finishReason !== "CONTENT_FILTERED"
      ? [{ base64, seed: typeof seed === "number" ? seed : undefined }]
      : [],
  );
  const isFiltered = made.some(({ finishReason }) => finishReason === "CONTENT_FILTERED");
  return { images, withheld: isFiltered ? "The image was filtered." : undefined };
}
