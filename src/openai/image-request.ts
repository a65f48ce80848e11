import * as z from "../schema/z.ts";
import { awsParameters } from "./aws-parameters.ts";
import { listOf } from "./list-of.ts";

/**
 * The requests of the image endpoints, as OpenAI's API reference defines them. Unknown keys pass: families have
 * parameters of their own. `null` means "not given" wherever OpenAI accepts it. A prompt is required by tasks, not by
 * endpoints: a background is removed without one.
 */

/** OpenAI's bound on pictures in a request. */
const MAX_IMAGES = 16;

/** A data URL, a web address, base64, or OpenAI's object around one of these. */
const picture = z.union([
  z.string().min(1),
  z.looseObject({
    image_url: z.union([z.string().min(1), z.looseObject({ url: z.string().min(1) })]).nullish(),
    file_id: z.string().nullish(),
  }),
]);

// Flat, so that the complaint about a list is not one about its type.
const pictures = z.union([...picture.options, listOf(picture, 1, MAX_IMAGES)]);

/** What pictures stand in: of a form the names of its files. */
const pictureParameters = {
  image: pictures.nullish(),
  images: pictures.nullish(),
  mask: picture.nullish(),
  // Stability's names, of the service that takes two.
  init_image: picture.nullish(),
  style_image: picture.nullish(),
};

/** At each of the three endpoints whatever Bedrock's models can be asked for, OpenAI's at another one included. */
export const imageRequestShape = z.object({
  ...awsParameters,
  ...pictureParameters,
  model: z.string().min(1),
  prompt: z.string().nullish(),
  n: z.int().min(1).max(10).nullish(),
  size: z.string().nullish(),
  quality: z.enum(["auto", "standard", "low", "medium", "high", "hd", "premium", "xhigh", "max"]).nullish(),
  style: z.string().nullish(),
  background: z.enum(["transparent", "opaque", "auto"]).nullish(),
  moderation: z.enum(["low", "auto"]).nullish(),
  input_fidelity: z.enum(["high", "low"]).nullish(),
  response_format: z.enum(["url", "b64_json"]).nullish(),
  output_format: z.enum(["png", "jpeg", "webp"]).nullish(),
  output_compression: z.int().min(0).max(100).nullish(),
  stream: z.boolean().nullish(),
  partial_images: z.int().min(0).max(3).nullish(),
  seed: z.int().min(0).max(4_294_967_295).nullish(),
  negative_prompt: z.string().nullish(),
  // Amazon's name for it.
  negativeText: z.string().nullish(),
});

export const imageRequest = imageRequestShape.loose();

export type ImageRequest = z.output<typeof imageRequest>;
