import type { Traits } from "../../conversation/traits.ts";
import type { Conversation } from "../../conversation/types.ts";
import { BedrockOpenAIError } from "../../errors.ts";
import { lessonOf } from "./lessons.ts";
import type { Learned } from "../models/resolve.ts";
import type { Target } from "../models/target.ts";

/** The least recently taught model is forgotten first, and of a model the field that was refused first. */
const MAX_MODELS = 500;
const MAX_FIELDS = 64;

export interface Learning {
  /** What is known of a model on a surface beyond the table, as long as it is taken for one of that family. */
  of: Learned;
  /**
   * Takes a refusal as a lesson.
   * @param sent What AWS refused.
   * @returns What to change in the traits, or undefined where a second attempt would be the same as the first.
   */
  learn(target: Target, sent: Conversation, thrown: unknown): Partial<Traits> | undefined;
}

/**
 * The same model has other words on another surface, what one caller takes it for is not what it is for others, and what is
 * refused to one account may be allowed to another.
 */
const keyOf = ({ surface, family, modelId, account }: Parameters<Learned>[0]): string =>
  `${account ?? ""} ${surface} ${family} ${modelId}`;

/** What no table can know: what AWS refused once is not sent to that model again, as long as this process lives. */
export function createLearning(): Learning {
  const models = new Map<string, Partial<Traits>>();

  const remember = (modelId: string, traits: Partial<Traits>): void => {
    const known = models.get(modelId);
    const { refusedFields } = traits;
    models.delete(modelId);
    models.set(modelId, {
      ...known,
      ...traits,
      ...(refusedFields && { refusedFields: refusedFields.slice(-MAX_FIELDS) }),
    });
    if (models.size > MAX_MODELS) models.delete(models.keys().next().value!);
  };

  return {
    of: (model) => models.get(keyOf(model)) ?? {},
    learn(target, sent, thrown) {
      const message = refusal(thrown);
      const lesson = message === undefined ? undefined : lessonOf(message, target.traits, sent);
      const traits = lesson && openTraits(lesson.traits, target.fixed);
      if (!traits || !changes(traits, target.traits)) return undefined;
      if (lesson.remembered) remember(keyOf(target), traits);
      return traits;
    },
  };
}

/** AWS's own words, where it refused the request itself. */
function refusal(thrown: unknown): string | undefined {
  if (!BedrockOpenAIError.isInstance(thrown) || ![400, 403].includes(thrown.status)) return undefined;
  const { message } = (thrown.cause ?? {}) as { message?: unknown };
  return typeof message === "string" ? message : undefined;
}

const openTraits = (traits: Partial<Traits>, fixed: Target["fixed"]): Partial<Traits> =>
  Object.fromEntries(Object.entries(traits).filter(([name]) => !fixed.includes(name)));

const changes = (lesson: Partial<Traits>, traits: Traits): boolean =>
  JSON.stringify({ ...traits, ...lesson }) !== JSON.stringify(traits);
