import { anything, integer, list, number, object, oneOf, string, text } from "../image-tools.ts";
import type { DataFamily, JsonObject } from "../image-tools.ts";
import { checkSdxl } from "./sdxl-check.ts";
import { sdxlReply } from "./sdxl-reply.ts";
import { STYLE_PRESET } from "./stability-members.ts";

const SHARE = number({ min: 0, max: 1 });
const SAMPLERS =
  "DDIM DDPM K_DPMPP_2M K_DPMPP_2S_ANCESTRAL K_DPM_2 K_DPM_2_ANCESTRAL K_EULER K_EULER_ANCESTRAL K_HEUN K_LMS";
const GUIDANCES = "FAST_BLUE FAST_GREEN NONE SIMPLE SLOW SLOWER SLOWEST";

/** SDXL: from prompts, from an image, or into a part of one. Source: AWS's guide to Stable Diffusion 1.0. */
export const SDXL: DataFamily = {
  name: "SDXL",
  models: /^stability\.stable-diffusion-xl/,
  shape: () =>
    object(
      { text_prompts: list(object({ text: string({ max: 2000 }) }, { weight: number() }), { min: 1 }) },
      {
        width: integer({ min: 1 }),
        height: integer({ min: 1 }),
        cfg_scale: number({ min: 0, max: 35 }),
        clip_guidance_preset: oneOf(...GUIDANCES.split(" ")),
        sampler: oneOf(...SAMPLERS.split(" ")),
        samples: integer({ min: 1, max: 1 }),
        seed: integer({ min: 0, max: 4_294_967_295 }),
        steps: integer({ min: 10, max: 50 }),
        style_preset: STYLE_PRESET,
        extras: anything,
        init_image: text,
        init_image_mode: oneOf("IMAGE_STRENGTH", "STEP_SCHEDULE"),
        image_strength: SHARE,
        step_schedule_start: SHARE,
        step_schedule_end: SHARE,
        mask_source: oneOf("MASK_IMAGE_WHITE", "MASK_IMAGE_BLACK", "INIT_IMAGE_ALPHA"),
        mask_image: text,
      },
    ),
  check: (body) => checkSdxl(body),
  answer: (body: JsonObject, { baseId }) => ({ body: sdxlReply(body, baseId) }),
};
