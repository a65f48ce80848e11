import type { Dialect } from "../../dialects/dialect.ts";
import { BedrockOpenAIError } from "../../errors.ts";
import type { Learning } from "./learning.ts";
import type { Dialects } from "../models/resolve.ts";
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
  afterRefusal(target: Target, thrown: unknown): Promise<Target | undefined>;
}

export function createMoves(
  overrides: TraitOverrides | undefined,
  learned: Learning["of"],
  dialects: () => Promise<Pick<Dialects, "dialectOf">>,
): Moves {
  const moved = new Map<string, Dialect>();

  const byInvoke = (target: Target, dialect: Dialect): Target => {
    const known = { ...dialect.traits, ...learned({ ...target, surface: "invoke" }) };
    return { ...target, surface: "invoke", dialect, traits: traitsOf(target.family, overrides, known) };
  };

  const known = (target: Target): Target => {
    const dialect = target.surface === "converse" ? moved.get(keyOf(target)) : undefined;
    return dialect ? byInvoke(target, dialect) : target;
  };

  return {
    applied: ({ instead, ...target }) => known({ ...target, ...(instead && { instead: known(instead) }) }),
    async afterRefusal(target, thrown) {
      if (target.surface !== "converse" || !isNotServed(thrown)) return undefined;
      const dialect = (await dialects()).dialectOf(target.family);
      if (!dialect) return undefined;
      moved.delete(keyOf(target));
      moved.set(keyOf(target), dialect);
      if (moved.size > MAX_MODELS) moved.delete(moved.keys().next().value!);
      return byInvoke(target, dialect);
    },
  };
}

const isNotServed = (thrown: unknown): boolean =>
  BedrockOpenAIError.isInstance(thrown) &&
  NOT_ON_CONVERSE.test(String((thrown.cause as { message?: unknown } | undefined)?.message ?? ""));
