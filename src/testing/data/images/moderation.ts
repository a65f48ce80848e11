/**
 * Words in a prompt that make a model refuse, so that a test can see each kind of refusal:
 *
 * | word | Titan Image, Nova Canvas | Stability's services | SDXL |
 * | --- | --- | --- | --- |
 * | `nsfw` | 400, the text prompt is blocked | 200, `Filter reason: prompt` | 200, `CONTENT_FILTERED` |
 * | `filtered-input` | 400, the input image is blocked | 200, `Filter reason: input image` | 200, `CONTENT_FILTERED` |
 * | `filtered-output` | 200, one image fewer and an `error` | 200, `Filter reason: output image` | 200, `CONTENT_FILTERED` |
 * | `moderated` | Canvas: 200, `status: "Request Moderated"` and no images | | |
 * | `inference-error` | | 200, `Inference error` | 200, `ERROR` |
 */
const WORDS = {
  prompt: /\bnsfw\b/i,
  inputImage: /\bfiltered-input\b/i,
  outputImage: /\bfiltered-output\b/i,
  request: /\bmoderated\b/i,
  error: /\binference-error\b/i,
};

export type Moderation = keyof typeof WORDS;

/** What a prompt asks to have refused, if anything. */
export function moderationOf<Kind extends Moderation>(
  prompt: string,
  kinds: readonly Kind[],
): Kind | undefined {
  return kinds.find((kind) => WORDS[kind].test(prompt));
}
