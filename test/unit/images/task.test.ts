import { describe, expect, it } from "vitest";
import { AMAZON } from "../../../src/images/families/amazon.ts";
import { toTask } from "../../../src/images/task.ts";
import type { ImageRequest } from "../../../src/openai/image-request.ts";
import { createNotes } from "../../../src/reception/notes.ts";

function taskOf(request: Partial<ImageRequest>) {
  const notes = createNotes();
  const received = { request: { model: "amazon.nova-canvas-v1:0", ...request }, images: [], mask: undefined };
  const task = toTask(received, "generations", AMAZON, notes);
  return { task, notes: notes.adjustments.map(({ param, action }) => `${param}: ${action}`) };
}

describe("a request as a task", () => {
  it.each([
    ["auto", undefined],
    ["low", "standard"],
    ["medium", "standard"],
    ["standard", "standard"],
    ["high", "premium"],
    ["hd", "premium"],
    ["xhigh", "premium"],
    ["max", "premium"],
  ] as const)("quality %s is %s", (quality, wanted) => {
    expect(taskOf({ quality }).task.quality).toBe(wanted);
  });

  it("says nothing of what is asked for by default", () => {
    const { task, notes } = taskOf({
      prompt: "An otter",
      style: "vivid",
      background: "opaque",
      moderation: "auto",
      output_compression: 100,
      partial_images: 0,
      user: "u",
    });
    expect(notes).toEqual([]);
    expect(task).toMatchObject({ prompt: "An otter", n: 1, style: undefined, transparent: false, own: {} });
  });

  it("names each of OpenAI's parameters that no model has", () => {
    const asked = {
      moderation: "low",
      output_compression: 50,
      partial_images: 2,
      input_fidelity: "high",
    } as const;
    expect(taskOf(asked).notes).toEqual([
      "moderation: dropped",
      "output_compression: dropped",
      "partial_images: dropped",
      "input_fidelity: dropped",
    ]);
    expect(taskOf({ chat_template: "x" }).notes).toEqual(["chat_template: dropped"]);
  });

  it("takes Amazon's word for what is not wanted, too", () => {
    expect(taskOf({ negativeText: "cats" }).task.negativePrompt).toBe("cats");
    expect(taskOf({ negative_prompt: "dogs", negativeText: "cats" }).task.negativePrompt).toBe("dogs");
    expect(taskOf({ negative_prompt: "" }).task.negativePrompt).toBeUndefined();
  });

  it("reads the texts of a form as what they are", () => {
    const { own } = taskOf({
      cfgScale: "8.5",
      taskType: "TEXT_IMAGE",
      colorGuidedGenerationParams: '{"colors":["#fff000"]}',
      referenceImage: "data:image/png;base64,iVBOR",
    } as Partial<ImageRequest>).task;
    expect(own).toEqual({
      cfgScale: 8.5,
      taskType: "TEXT_IMAGE",
      colorGuidedGenerationParams: { colors: ["#fff000"] },
      referenceImage: "iVBOR",
    });
  });

  it.each([
    ["cfgScale", "much"],
    ["cfgScale", ""],
    ["imageGenerationConfig", "{seed:"],
  ])("%s: '%s' is refused", (param, text) => {
    expect(() => taskOf({ [param]: text })).toThrow(
      expect.objectContaining({ status: 400, code: "invalid_type", param }) as Error,
    );
  });
});
