/** What a request of Titan's or Canvas's may have as `taskType`. */
export type TaskType =
  | "TEXT_IMAGE"
  | "COLOR_GUIDED_GENERATION"
  | "IMAGE_VARIATION"
  | "INPAINTING"
  | "OUTPAINTING"
  | "BACKGROUND_REMOVAL"
  | "VIRTUAL_TRY_ON";
