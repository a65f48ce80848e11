import type { ResolvedOptions } from "../options.ts";
import { candidatesOf } from "./models/candidates.ts";
import { type AccountOf, type AskedModel, nameModel } from "./models/resolve.ts";
import { createSpreadOrder, type Weights } from "./models/spread.ts";
import { createResting } from "./resting.ts";

/** One who may answer a call. */
export interface Contender {
  asked: AskedModel;
  /** It stands in for what was asked for, and is not it. */
  isFallback: boolean;
}

/** Who is asked for an answer, in which order, and what came of it. */
export interface LineUp {
  /**
   * The best first: spread by weight, those that are throttled or down behind all others.
   * @param key What requests have in common that should meet the same member of a spread.
   */
  of(asked: AskedModel, key?: string): readonly Contender[];
  /** It is asked now. */
  start(contender: Contender): Outcome;
}

export interface Outcome {
  /** An answer, or the first piece of one, is there. */
  begun(): void;
  answered(): void;
  failed(thrown: unknown): void;
  /** Nothing came of it that says anything of the target. */
  left(): void;
}

/** @param now Milliseconds; for tests. */
export function createLineUp(
  { models = {} }: Pick<ResolvedOptions, "models">,
  accountOf: AccountOf,
  now?: () => number,
): LineUp {
  const order = createSpreadOrder();
  const resting = createResting(now);
  const isAlone = !Object.values(models).some(
    (entry) => typeof entry === "object" && (entry.fallbacks || entry.spread),
  );

  /** One place of AWS's, however it is named. */
  const targetOf = ({ asked }: Contender): string => {
    try {
      const { account, region, place, entry } = nameModel(asked, models, accountOf);
      return [account, region, place.id, entry.url].join(" ");
    } catch {
      return asked.model;
    }
  };

  return {
    of(asked, key) {
      // Where the operator sends one caller is where all of its calls go.
      const isSent = asked.own?.model !== undefined || asked.own?.modelId !== undefined;
      if (isAlone || isSent) return [{ asked, isFallback: false }];
      const rested = (name: string): boolean =>
        resting.isResting(
          targetOf({ asked: { ...asked, model: name, modelId: undefined }, isFallback: false }),
        );
      const inOrder = (spread: Weights): string[] => order(spread, key, rested);
      const contenders = candidatesOf(asked.model, models, inOrder).map(
        ({ name, isFallback }, index): Contender => ({
          // An id for the URL is that of the first.
          asked: { ...asked, model: name, modelId: index === 0 ? asked.modelId : undefined },
          isFallback,
        }),
      );
      if (contenders.length === 1) return contenders;
      const rests = new Set(contenders.filter((each) => resting.isResting(targetOf(each))));
      return [...contenders.filter((each) => !rests.has(each)), ...rests];
    },
    start(contender) {
      if (isAlone) return UNTOLD;
      const target = targetOf(contender);
      const since = resting.asked(target);
      return {
        begun: () => resting.begun(target, since),
        answered: () => resting.answered(target, since),
        failed: (thrown) => resting.failed(target, thrown),
        left: () => resting.failed(target, undefined),
      };
    },
  };
}

/** Where there is nobody else, nothing is to be remembered. */
const UNTOLD: Outcome = {
  begun: () => undefined,
  answered: () => undefined,
  failed: () => undefined,
  left: () => undefined,
};
