import { integer, isObject, number, object, oneOf } from "../image-tools.ts";
import type { BodyShape, JsonObject, ObjectShape } from "../image-tools.ts";
import type { AmazonModel } from "./amazon-model.ts";
import type { Task } from "./amazon-task.ts";
import { TASKS } from "./amazon-tasks.ts";
import type { TaskType } from "./amazon-task-type.ts";

const DEFAULT_SIDE = 1024;

/** What the envelope may hold: a task, its parameters and no others'. */
export function bodyShape(model: AmazonModel): BodyShape {
  const cases = model.tasks.map((type) => [type, caseOf(TASKS[type], model)]);
  return {
    kind: "tagged",
    tag: "taskType",
    cases: Object.fromEntries(cases) as Record<TaskType, ObjectShape>,
  };
}

function caseOf({ params, config, shape }: Task, model: AmazonModel): ObjectShape {
  const sides = { width: integer(model.sides), height: integer(model.sides) };
  const settings = {
    numberOfImages: integer({ min: 1, max: 5 }),
    quality: oneOf("standard", "premium"),
    cfgScale: number({ min: 1.1, max: 10 }),
    seed: integer({ min: 0, max: model.maxSeed }),
  };
  const configs = {
    sized: {
      imageGenerationConfig: object({}, { ...settings, ...sides }),
    },
    unsized: { imageGenerationConfig: object({}, settings) },
    none: {},
  };
  return object({ [params]: shape(model) }, configs[config]);
}

/** A body that has passed its shape. */
export interface AmazonRequest {
  type: TaskType;
  task: Task;
  params: JsonObject;
  prompt: string;
  /** Every text among the parameters. */
  words: string;
  size: { width: number; height: number };
  seed: number;
  count: number;
}

export function readBody(body: JsonObject, model: AmazonModel): AmazonRequest {
  const type = body["taskType"] as TaskType;
  const task: Task = TASKS[type];
  const params = body[task.params] as JsonObject;
  const config = (body["imageGenerationConfig"] ?? {}) as Record<string, number | undefined>;
  const {
    width = DEFAULT_SIDE,
    height = DEFAULT_SIDE,
    numberOfImages = 1,
    seed = model.defaultSeed,
  } = config;
  const { maskPrompt: tried } = isObject(params["promptBasedMask"]) ? params["promptBasedMask"] : {};
  const texts = [params["text"], params["negativeText"], params["maskPrompt"], tried];
  return {
    type,
    task,
    params,
    prompt: String(params["text"] ?? ""),
    words: texts.filter((text) => text !== undefined).join("\n"),
    size: { width, height },
    seed,
    count: numberOfImages,
  };
}
