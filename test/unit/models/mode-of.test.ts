import { expect, it } from "vitest";
import { modeOf } from "../../../src/models/mode-of.ts";
import { OBSERVED_CHAT } from "../../support/model-ids.ts";

it.each([
  ["cohere.rerank-v3-5:0", "rerank"],
  ["amazon.titan-embed-image-v1", "embedding"],
  ["amazon.nova-2-multimodal-embeddings-v1:0", "embedding"],
  ["twelvelabs.marengo-embed-3-0-v1:0", "embedding"],
  ["amazon.titan-image-generator-v2:0", "image_generation"],
  ["stability.stable-style-transfer-v1:0", "image_generation"],
  ["amazon.nova-sonic-v1:0", undefined],
  ["luma.ray-v2:0", undefined],
  ["twelvelabs.pegasus-1-2-v1:0", "chat"],
  ["", "chat"],
])("does not send callers to the wrong endpoint: %s", (family, mode) => {
  expect(modeOf(family)).toBe(mode);
});

it("takes no chat model that is known for anything else", () => {
  expect(OBSERVED_CHAT.filter(({ base }) => modeOf(base) !== "chat")).toEqual([]);
});
