import type { JsonObject } from "../../conversation/types.ts";
import type { ImageFamily, ImageTask, Making } from "../family.ts";
import { isOpaque } from "../mask.ts";
import { noteLeftOver, noteUnused, ownOf } from "../noted.ts";
import { definedOnly } from "../picked.ts";
import { checkLength, missing } from "../refusals.ts";
import { checkImage } from "./stability/bounds.ts";
import { seededCalls } from "./stability/calls.ts";
import { membersOf, PARTS, type Pictures, picturesOf } from "./stability/members.ts";
import { readStability } from "./stability/read.ts";
import { type Service, SERVICE_MODELS, serviceOf } from "./stability/services.ts";
import { MAX_PROMPT, MAX_SEED } from "./stability/words.ts";

/** What each of the services' own parameters is. */
const PARAMETERS: ImageFamily["parameters"] = {
  ...Object.fromEntries(
    [
      "creativity",
      "grow_mask",
      "left",
      "right",
      "up",
      "down",
      "control_strength",
      "fidelity",
      "style_strength",
      "composition_fidelity",
      "change_strength",
    ].map((name) => [name, "number"] as const),
  ),
  search_prompt: "text",
  select_prompt: "text",
  style_preset: "text",
  aspect_ratio: "text",
};

const PROMPTS = ["prompt", "negative_prompt", "search_prompt", "select_prompt"];

/** Stability AI Image Services: thirteen models that edit, control and enlarge. */
export const STABILITY_SERVICES: ImageFamily = {
  name: "stability-services",
  models: SERVICE_MODELS,
  parameters: PARAMETERS,
  async toCalls(task, making) {
    const service = serviceOf(making.family)!;
    const names = namesOf(service);
    const own = ownOf(task, names, PARAMETERS, making.notes);
    const pictures = picturesOf(task, service.required);
    noteLeft(task, service, pictures, making);
    await checkPictures(task, pictures, service);
    const members = await membersOf(names, task, pictures, making);
    const body = definedOnly({ ...members, ...own });
    checkMembers(body, service);
    return names.includes("seed") ? seededCalls(body, task, MAX_SEED, making) : [{ body, count: 1 }];
  },
  read: readStability,
};

const namesOf = ({ required, optional }: Service): string[] => [...required, ...optional];

/** Names what of a request has no place in the service. */
function noteLeft(task: ImageTask, service: Service, pictures: Pictures, { notes }: Making): void {
  const names = namesOf(service);
  const unused = PARTS.flatMap(([part, member]) => (names.includes(member) ? [] : [part]));
  // What is enlarged has not the size of its image.
  noteUnused(service.enlarges ? { ...task, images: [] } : task, ["quality", ...unused], notes);
  const used = Object.values(pictures);
  noteLeftOver(
    task.images.filter((image) => !used.includes(image)),
    used.length,
    notes,
  );
}

/** @throws BedrockOpenAIError 400 for what is missing, too large or no image of Stability's. */
async function checkPictures(
  { mask }: ImageTask,
  pictures: Pictures,
  { masked, bounds }: Service,
): Promise<void> {
  for (const picture of Object.values(pictures)) checkImage(picture, bounds);
  const { image } = pictures;
  // The answer would be the image as it came, and paid for.
  if (masked && image && !mask && (await isOpaque(image)))
    throw missing("mask", "Give a mask, or an image with transparent pixels.");
}

/** @throws BedrockOpenAIError 400 for what the service cannot do without, and for a prompt that is too long. */
function checkMembers(members: JsonObject, { required, oneOf }: Service): void {
  const absent = required.find((name) => members[name] === undefined);
  if (absent !== undefined) throw missing(absent);
  if (oneOf && !oneOf.some((name) => Number(members[name] ?? 0) > 0))
    throw missing(oneOf[0]!, `At least one of ${oneOf.join(", ")} has to be above 0.`);
  for (const name of PROMPTS) {
    const text = members[name];
    if (typeof text === "string") checkLength(text, MAX_PROMPT, name);
  }
}
