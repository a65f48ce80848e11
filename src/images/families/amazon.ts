import type { ImageFamily } from "../family.ts";
import { definedOnly, picked } from "../picked.ts";
import { styleOf } from "../styles.ts";
import { checkImages, checkParams } from "./amazon/check.ts";
import { configured } from "./amazon/config.ts";
import { flattened } from "./amazon/flattened.ts";
import { MEMBERS } from "./amazon/members.ts";
import { amazonModelOf } from "./amazon/models.ts";
import { placedOwn } from "./amazon/notes.ts";
import { PARAMETERS } from "./amazon/parameters.ts";
import { readAmazon } from "./amazon/read.ts";
import { typedTask } from "./amazon/task-type.ts";
import { taskOf } from "./amazon/tasks.ts";

/** Titan Image Generator and Nova Canvas. Source: AWS's guides to both. */
export const AMAZON: ImageFamily = {
  name: "amazon",
  models: /^amazon\.(titan-image-generator|nova-canvas)/,
  parameters: PARAMETERS,
  async toCalls(asked, making) {
    const model = amazonModelOf(making.family);
    const { type, within } = await typedTask(asked, model);
    const { row, given } = taskOf(type, model, asked.own);
    const own = placedOwn(asked, row, given, making);
    const images = asked.images.slice(0, row.images);
    checkImages(images, type, model);
    const flat = await Promise.all(images.map((image) => flattened(image, making.notes)));
    const task = { ...asked, images: flat, own };
    const style = type === "TEXT_IMAGE" ? styleOf(task.style, model.styles, making.notes) : undefined;
    const params = definedOnly({
      ...(await MEMBERS[type]({ task, original: images[0], style, within, given })),
      ...picked(own, row.own),
      ...given,
    });
    checkParams(params, type, model);
    const unknown = Object.keys(own).filter((name) => !Object.hasOwn(PARAMETERS, name));
    const body = { taskType: type, [row.params]: params, ...picked(own, unknown) };
    return configured(body, row, task, model, making);
  },
  read: readAmazon,
};
