import { dialectOf } from "../../dialects/dialects.ts";
import { BedrockOpenAIError } from "../../errors.ts";
import type { Learning } from "./learning.ts";
import type { Target } from "../models/target.ts";
import { type TraitOverrides, traitsOf } from "../traits/traits.ts";

/** What Converse says of models that it does not serve. */
const NOT_ON_CONVERSE = /^This action doesn't support the model that you provided/;

const MAX_MODELS = 500;

const keyOf = ({ modelId, family, account }: Target): string => `${account ?? ""} ${family} ${modelId}`;

/** Models that turned out to be served by InvokeModel only. */
export interface Moves {
  /** The target, by InvokeModel where Converse has refused the model before. */
  applied(target: Target): Target;
  /** The target by InvokeModel, where a refusal says that Converse does not serve it and its own body is known. */
  afterRefusal(target: Target, thrown: unknown): Target | undefined;
}

export function createMoves(overrides: TraitOverrides | undefined, learned: Learning["of"]): Moves {
  const moved = new Set<string>();

  const byInvoke = (target: Target): Target | undefined => {
    const dialect = dialectOf(target.family);
    if (target.surface !== "converse" || !dialect) return undefined;
    const known = { ...dialect.traits, ...learned({ ...target, surface: "invoke" }) };
    return { ...target, surface: "invoke", dialect, traits: traitsOf(target.family, overrides, known) };
  };

  const known = (target: Target): Target =>
    moved.has(keyOf(target)) ? (byInvoke(target) ?? target) : target;

  return {
    applied: ({ instead, ...target }) => known({ ...target, ...(instead && { instead: known(instead) }) }),
    afterRefusal(target, thrown) {
      if (!BedrockOpenAIError.isInstance(thrown)) return undefined;
      const said = (thrown.cause as { message?: unknown } | undefined)?.message;
      const other = NOT_ON_CONVERSE.test(String(said ?? "")) ? byInvoke(target) : undefined;
      if (!other) return undefined;
      moved.delete(keyOf(target));
      moved.add(keyOf(target));
      if (moved.size > MAX_MODELS) moved.delete(moved.values().next().value!);
      return other;
    },
  };
}
