import type { JsonObject } from "../../../conversation/types.ts";
import type { Asked } from "./asked.ts";
import type { TaskType } from "./models.ts";
import { paintingOf } from "./painting.ts";

const words = ({ task: { prompt, negativePrompt } }: Asked): JsonObject => ({
  text: prompt || undefined,
  negativeText: negativePrompt,
});

const first = ({ task: { images } }: Asked): string | undefined => images[0]?.base64;

/** Members by OpenAI's parameters. What is undefined is not asked for. */
export const MEMBERS: Readonly<Record<TaskType, (asked: Asked) => JsonObject | Promise<JsonObject>>> = {
  TEXT_IMAGE: (asked) => ({
    ...words(asked),
    style: asked.style,
    conditionImage: first(asked),
  }),
  COLOR_GUIDED_GENERATION: (asked) => ({ ...words(asked), referenceImage: first(asked) }),
  IMAGE_VARIATION: (asked) => ({
    images: asked.task.images.length > 0 ? asked.task.images.map(({ base64 }) => base64) : undefined,
    ...words(asked),
  }),
  INPAINTING: async (asked) => ({ ...(await paintingOf(asked, "black-edits")), ...words(asked) }),
  OUTPAINTING: async (asked) => ({ ...(await paintingOf(asked, "white-generates")), ...words(asked) }),
  BACKGROUND_REMOVAL: (asked) => ({ image: first(asked) }),
  VIRTUAL_TRY_ON: async (asked) => {
    const [sourceImage, referenceImage] = asked.task.images.map(({ base64 }) => base64);
    return { sourceImage, referenceImage, ...(await triedOn(asked)) };
  },
};

/** The kinds of mask, each with the member that it is told in. */
const MASKS: Readonly<Record<string, string>> = {
  GARMENT: "garmentBasedMask",
  PROMPT: "promptBasedMask",
  IMAGE: "imageBasedMask",
};

async function triedOn(asked: Asked): Promise<JsonObject> {
  const { task, given } = asked;
  const said = Object.keys(MASKS).find(
    (type) => (given[MASKS[type]!] ?? task.own[MASKS[type]!]) !== undefined,
  );
  if (said !== undefined) return { maskType: said };
  const { maskImage } = task.mask ? await paintingOf(asked, "black-edits") : {};
  return maskImage === undefined ? {} : { maskType: "IMAGE", imageBasedMask: { maskImage } };
}
