import { backgroundRemoval } from "./amazon-background.ts";
import { colorGuidedGeneration, imageVariation, textImage } from "./amazon-generation.ts";
import { inPainting, outPainting } from "./amazon-painting.ts";
import type { Task } from "./amazon-task.ts";
import type { TaskType } from "./amazon-task-type.ts";
import { virtualTryOn } from "./amazon-try-on.ts";

export const TASKS = {
  TEXT_IMAGE: textImage,
  COLOR_GUIDED_GENERATION: colorGuidedGeneration,
  IMAGE_VARIATION: imageVariation,
  INPAINTING: inPainting,
  OUTPAINTING: outPainting,
  BACKGROUND_REMOVAL: backgroundRemoval,
  VIRTUAL_TRY_ON: virtualTryOn,
} satisfies Record<TaskType, Task>;
