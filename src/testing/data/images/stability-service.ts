import { number, object } from "../image-tools.ts";
import type { DataFamily, JsonObject } from "../image-tools.ts";
import { imagesProblem, USUAL_BOUNDS } from "./stability-bounds.ts";
import type { Bounds } from "./stability-bounds.ts";
import { members } from "./stability-members.ts";
import type { Member } from "./stability-members.ts";
import { stabilityReply } from "./stability-reply.ts";
import type { Painted, StabilityOrder } from "./stability-reply.ts";
import { refuseService } from "./stability-wording.ts";

/** One of Stability's edit, control and upscale services. */
export interface StabilityService {
  /** The model's id, without vendor and version. */
  model: string;
  required: readonly Member[];
  optional: readonly Member[];
  /** How free it is: its bounds are its own. */
  creativity?: { min: number; max: number };
  bounds?: Bounds;
  check?(body: JsonObject): string | undefined;
  paint(order: StabilityOrder): Painted;
}

export function stabilityFamily(service: StabilityService): DataFamily {
  const { model, required, optional, creativity, bounds = USUAL_BOUNDS } = service;
  const shape = object(members(required), {
    ...(creativity && { creativity: number(creativity) }),
    ...members(optional),
  });
  const name = model.replace(/^stable-(image-)?/, "");
  return {
    name: `Stability ${name}`,
    models: new RegExp(`^stability\\.${model}-v`),
    shape: () => shape,
    refuse: refuseService(name, Object.keys(shape.members)),
    check: (body) => imagesProblem(body, bounds) ?? service.check?.(body),
    answer: (body, { baseId }) => ({ body: stabilityReply(body, baseId, (order) => service.paint(order)) }),
  };
}
