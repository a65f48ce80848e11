import { imageRequestShape, type ImageRequest } from "../openai/image-request.ts";
import type { Notes } from "../reception/notes.ts";
import { ownParameters } from "../reception/own-parameters.ts";
import type { Unmapped } from "../reception/unmapped.ts";
import type { ImageEndpoint, ImageFamily, ImageTask } from "./family.ts";
import { readOwn } from "./own.ts";
import type { Picture } from "./picture.ts";
import { parseSize } from "./sizes.ts";

/** A request whose pictures have been read. */
export interface ReceivedImages {
  request: ImageRequest;
  images: readonly Picture[];
  mask: Picture | undefined;
}

/** OpenAI's parameters that no family has, and what they are when nothing is asked. */
const UNMAPPED: Unmapped = {
  moderation: {
    reason: "Bedrock's models filter as they do; a guardrailConfig adds to it.",
    default: "auto",
  },
  output_compression: { reason: "Bedrock's models take no level of compression.", default: 100 },
  partial_images: { reason: "Bedrock shows no image before it is complete.", default: 0 },
  input_fidelity: {
    reason: "Bedrock's models take no fidelity to the image in OpenAI's words.",
    default: "low",
  },
};

/** OpenAI's words for how much to spend, and those of its clients; what is not here is what happens anyway. */
const QUALITIES: Readonly<Record<string, ImageTask["quality"]>> = {
  standard: "standard",
  low: "standard",
  medium: "standard",
  high: "premium",
  hd: "premium",
  premium: "premium",
  xhigh: "premium",
  max: "premium",
};

/**
 * What a request asks of a family.
 * @throws BedrockOpenAIError 400 for a size that is none, and for a parameter of the family's that is not what it should be.
 */
export function toTask(
  { request, images, mask }: ReceivedImages,
  endpoint: ImageEndpoint,
  family: ImageFamily,
  notes: Notes,
): ImageTask {
  for (const [name, { reason, default: usual }] of Object.entries(UNMAPPED)) {
    const value = request[name];
    if (value != null && value !== usual) notes.note(name, "dropped", reason);
  }
  const own = ownParameters(request, imageRequestShape.shape, Object.keys(family.parameters), notes);
  return {
    endpoint,
    prompt: request.prompt ?? "",
    images,
    mask,
    n: request.n ?? 1,
    size: parseSize(request.size ?? "auto"),
    quality: QUALITIES[request.quality ?? "auto"],
    outputFormat: request.output_format ?? undefined,
    // OpenAI's default asks for nothing.
    style: request.style === "vivid" ? undefined : (request.style ?? undefined),
    negativePrompt: request.negative_prompt || request.negativeText || undefined,
    seed: request.seed ?? undefined,
    transparent: request.background === "transparent",
    own: readOwn(own, family.parameters),
  };
}
