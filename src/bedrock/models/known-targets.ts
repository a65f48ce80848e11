import type { AskedModel } from "./resolve.ts";
import type { Target } from "./target.ts";

/** Names that are remembered; callers may name anything, and what was remembered first is forgotten first. */
const MOST = 500;

/**
 * Where names lead that say everything by themselves: the same for every call, until a refusal of AWS's teaches otherwise.
 */
export interface KnownTargets {
  of(asked: AskedModel): Target | undefined;
  remember(asked: AskedModel, target: Target): void;
  /** Something was learnt. */
  forget(): void;
}

export function createKnownTargets(): KnownTargets {
  const targets = new Map<string, Target>();
  return {
    of: (asked) => (isNameAlone(asked) ? targets.get(asked.model) : undefined),
    remember(asked, target) {
      if (!isNameAlone(asked)) return;
      targets.set(asked.model, target);
      if (targets.size > MOST) targets.delete(targets.keys().next().value!);
    },
    forget: () => targets.clear(),
  };
}

/** What is said for one call alone, or in more than a name, is read anew. */
const isNameAlone = ({ modelId, own, completes }: AskedModel): boolean =>
  modelId === undefined && own === undefined && completes !== true;
