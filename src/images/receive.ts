import type { CallContext } from "../context.ts";
import { invalidRequest } from "../errors.ts";
import { isJson, isMultipart, mediaTypeOf, unsupportedContentType } from "../http/content-type.ts";
import { readJson } from "../http/json.ts";
import { readMultipart } from "../http/multipart.ts";
import { imageRequest, imageRequestShape } from "../openai/image-request.ts";
import { validRequest } from "../reception/read-request.ts";
import type { ImageEndpoint } from "./family.ts";
import { toBody } from "./form/to-body.ts";
import { missing } from "./refusals.ts";
import { imagesIn, maskIn, PICTURE_PARAMETERS, readPictures, type Source } from "./sources.ts";
import type { ReceivedImages } from "./task.ts";

/** OpenAI's bound on the pictures of a request, in whatever parameters they stand. */
const MAX_IMAGES = 16;

/**
 * A request for images, JSON or a form, with its pictures.
 * @throws BedrockOpenAIError 400, 408, 413 or 415 for a body that is none of this endpoint's, and for what is no picture.
 */
export async function receiveImageRequest(
  context: CallContext,
  endpoint: ImageEndpoint,
): Promise<ReceivedImages> {
  const request = validRequest(context, imageRequest, await readBody(context));
  const sources = checkCount(imagesIn(request), endpoint);
  const mask = maskIn(request);
  const pictures = await readPictures(mask ? [...sources, mask] : sources, context);
  return { request, images: pictures.slice(0, sources.length), mask: pictures[sources.length] };
}

/** Large files stay text here: their first bytes tell what they are, and AWS takes base64. */
async function readBody({ request, options, signal }: CallContext): Promise<unknown> {
  const limits = { maxBytes: options.maxBodyBytes, idleMs: options.timeouts.body, signal };
  const mediaType = mediaTypeOf(request);
  if (isJson(mediaType)) return (await readJson(request, limits, () => [])).value;
  if (isMultipart(mediaType))
    return toBody(await readMultipart(request, limits), {
      shape: imageRequestShape.shape,
      files: PICTURE_PARAMETERS,
    });
  throw unsupportedContentType(mediaType, ["application/json", "multipart/form-data"]);
}

function checkCount(sources: Source[], endpoint: ImageEndpoint): Source[] {
  if (sources.length === 0 && endpoint !== "generations") throw missing("image");
  if (sources.length <= MAX_IMAGES) return sources;
  throw invalidRequest(
    `Invalid 'image': array too long. Expected an array with maximum length ${MAX_IMAGES}, but got an array with ` +
      `length ${sources.length} instead.`,
    { code: "array_above_max_length", param: "image" },
  );
}
