import { firstOf, malformed } from "../image-tools.ts";
import type { JsonObject } from "../image-tools.ts";
import { readSourceImage } from "./source-image.ts";

const SIZES =
  "1024x1024, 1152x896, 1216x832, 1344x768, 1536x640, 640x1536, 768x1344, 832x1216, 896x1152".split(", ");
const SIDE = 1024;

/** What belongs to a mode, and the member that turns it on. */
const BELONGS: readonly (readonly [member: string, to: string])[] = [
  ["init_image_mode", "init_image"],
  ["image_strength", "init_image"],
  ["step_schedule_start", "init_image"],
  ["step_schedule_end", "init_image"],
  ["mask_source", "init_image"],
  ["mask_image", "mask_source"],
];

/** What SDXL refuses of a body that fits its schema. */
export function checkSdxl(body: JsonObject): string | undefined {
  return memberProblem(body) ?? sizeProblem(body) ?? imageProblem(body);
}

function memberProblem(body: JsonObject): string | undefined {
  const alone = BELONGS.find(([member, to]) => body[member] !== undefined && body[to] === undefined);
  if (alone) return malformed(`#: required key [${alone[1]}] not found`);
  const wantsMask = String(body["mask_source"]).startsWith("MASK_IMAGE");
  if (wantsMask && body["mask_image"] === undefined) {
    return malformed("#: required key [mask_image] not found");
  }
  if (body["init_image"] === undefined) return undefined;
  const size = ["width", "height"].find((side) => body[side] !== undefined);
  return size && malformed(`#: extraneous key [${size}] is not permitted`);
}

function sizeProblem({ init_image: image, width = SIDE, height = SIDE }: JsonObject): string | undefined {
  const size = `${String(width)}x${String(height)}`;
  if (image !== undefined || SIZES.includes(size)) return undefined;
  return (
    "for stable-diffusion-xl-1024-v0-9 and stable-diffusion-xl-1024-v1-0 the allowed dimensions are " +
    `${SIZES.join(", ")}, but we received ${size}`
  );
}

function imageProblem(body: JsonObject): string | undefined {
  const broken = firstOf(["init_image", "mask_image"], (name) =>
    body[name] !== undefined && !/^(png|jpeg|webp)$/.test(readSourceImage(body[name])?.format ?? "")
      ? `${name}: could not decode the image`
      : undefined,
  );
  if (broken !== undefined || body["mask_image"] === undefined) return broken;
  const [image, mask] = ["init_image", "mask_image"].map((name) => {
    const { width = 0, height = 0 } = readSourceImage(body[name]) ?? {};
    return `${width}x${height}`;
  });
  return image === mask
    ? undefined
    : `mask_image must have the dimensions of init_image: ${mask} is not ${image}`;
}
