import { object, text } from "../image-tools.ts";
import { cutOut } from "./compose.ts";
import { middleMask } from "./mask.ts";
import { paint } from "./paint.ts";
import { readSourceImage } from "./source-image.ts";
import { placed } from "./amazon-generation.ts";
import type { Task } from "./amazon-task.ts";

/** Leaves the middle of the picture, and makes the rest transparent. */
export const backgroundRemoval: Task = {
  params: "backgroundRemovalParams",
  config: "none",
  shape: () => object({ image: text }),
  images: ({ image }) => placed("image", image),
  alpha: true,
  paint: ({ params, from }) => {
    const { picture, width = 0, height = 0 } = readSourceImage(params["image"]) ?? {};
    return cutOut(picture ?? paint({ width, height, from }), middleMask({ width, height }));
  },
};
