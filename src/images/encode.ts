import type { ImageCompletedEvent, ImageData, ImagesAnswer } from "../openai/image-response.ts";
import type { ImageEndpoint, MadeImage } from "./family.ts";
import { factsOf } from "./facts.ts";

/**
 * Pictures in OpenAI's form.
 * @param created Unix seconds.
 * @param as Base64, or a data URL: nothing is hosted here.
 */
export async function encode(
  images: readonly MadeImage[],
  created: number,
  as: "b64_json" | "url",
): Promise<ImagesAnswer> {
  const facts = await Promise.all(images.map(({ base64 }) => factsOf(base64)));
  const [first] = facts;
  const data = images.map(({ base64, seed }, index): ImageData => {
    const type = facts[index]?.format ?? "png";
    return {
      ...(as === "url" ? { url: `data:image/${type};base64,${base64}` } : { b64_json: base64 }),
      ...(seed !== undefined && { seed }),
    };
  });
  return {
    created,
    data,
    ...(first?.format && { output_format: first.format }),
    ...(first?.size && { size: first.size }),
  };
}

const TYPES = {
  generations: "image_generation.completed",
  edits: "image_edit.completed",
  // OpenAI's variations do not stream.
  variations: "image_edit.completed",
} as const satisfies Record<ImageEndpoint, ImageCompletedEvent["type"]>;

/** A picture as the event of a stream. `auto` stands for what is not known, or what OpenAI has no word for. */
export async function encodeEvent(
  { base64, seed }: MadeImage,
  created: number,
  endpoint: ImageEndpoint,
): Promise<string> {
  const { format, size } = await factsOf(base64);
  const event: ImageCompletedEvent = {
    type: TYPES[endpoint],
    b64_json: base64,
    created_at: created,
    size: size ?? "auto",
    quality: "auto",
    background: "auto",
    output_format: format ?? "png",
    usage: {
      total_tokens: 0,
      input_tokens: 0,
      output_tokens: 0,
      input_tokens_details: { text_tokens: 0, image_tokens: 0 },
    },
    ...(seed !== undefined && { seed }),
  };
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
