import { writePng } from "../image-tools.ts";
import type { JsonObject, Model } from "../image-tools.ts";
import { moderationOf } from "./moderation.ts";
import type { AmazonModel } from "./amazon-model.ts";
import { readBody } from "./amazon-body.ts";
import { ALL_BLOCKED, SOME_BLOCKED } from "./amazon-wording.ts";

/** `{images, error}`; pictures that the filters keep back are missing from the first and told in the second. */
export function answerBody(body: JsonObject, { baseId }: Model, model: AmazonModel): JsonObject {
  const { type, task, params, prompt, words, size, seed, count } = readBody(body, model);
  const moderation = moderationOf(words, ["request", "outputImage"]);
  if (moderation === "request" && !model.tellsNoError) return requestModerated();
  const passed = moderation === "outputImage" ? count - 1 : count;
  const orders = Array.from({ length: passed }, (_, index) => ({
    params,
    prompt,
    size,
    from: [baseId, type, prompt, seed, index],
  }));
  const [first] = orders;
  return {
    images: orders.map((order) =>
      writePng(task.paint(order), { alpha: task.alpha === true }).toString("base64"),
    ),
    ...(first && task.more?.(first)),
    ...(passed < count
      ? { error: passed === 0 ? ALL_BLOCKED : SOME_BLOCKED }
      : model.tellsNoError && { error: null }),
  };
}

function requestModerated(): JsonObject {
  return { status: "Request Moderated", details: { "Moderation Reasons": ["Derivative Works Filter"] } };
}
