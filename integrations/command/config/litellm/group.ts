import type { Entry } from "../shape.ts";
import { type Fault, type Path, pathName } from "../fault.ts";

/** One of several entries of `model_list` with the same name. */
export interface Member {
  entry: Entry;
  params: Readonly<Record<string, unknown>>;
  path: Path;
}

/** LiteLLM's words for how often a member is meant, the first that one of them has counts. Source: its `simple_shuffle`. */
const WEIGHTS = ["weight", "rpm", "tpm"] as const;

export interface Grouped {
  models: Record<string, Entry>;
  warnings: Fault[];
}

/**
 * What is called by one name: a single entry as it is; of several each under a name of its own, `claude#1`, over which the
 * requests are spread. Members with a greater `order`, and those that weigh nothing, stand in for the others.
 */
export function toGroup(name: string, members: readonly Member[]): Grouped {
  const [first] = members;
  if (members.length === 1) return { models: { [name]: first!.entry }, warnings: [] };
  const named = members.map((member, index) => ({ ...member, name: `${name}#${index + 1}` }));
  const orders = [...new Set(members.map(orderOf))].toSorted((one, other) => one - other);
  const best = named.filter((member) => orderOf(member) === orders[0]);
  const word = WEIGHTS.find((each) => best.some(({ params }) => params[each] != null));
  const weightOf = ({ params }: Member): number => (word === undefined ? 1 : toNumber(params[word], 0));
  const weighed = best.filter((member) => weightOf(member) > 0);
  const spread = weighed.length > 0 ? weighed : best;
  const others = [
    ...best,
    ...orders.slice(1).flatMap((order) => named.filter((each) => orderOf(each) === order)),
  ];
  const fallbacks = others.filter((each) => !spread.includes(each)).map((each) => each.name);
  const { defaults } = first!.entry;
  const group: Entry = {
    spread: Object.fromEntries(spread.map((each) => [each.name, weightOf(each) || 1])),
    ...(fallbacks.length > 0 && { fallbacks }),
    ...(defaults && { defaults }),
  };
  return {
    models: { [name]: group, ...Object.fromEntries(named.map(({ name: own, entry }) => [own, entry])) },
    warnings: members
      .filter(({ entry }) => !isSame(entry.defaults, defaults))
      .map(({ path }) => otherDefaults(path)),
  };
}

const toNumber = (value: unknown, otherwise: number): number => {
  const number = typeof value === "string" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) && number >= 0 ? number : otherwise;
};

const orderOf = ({ params }: Member): number => toNumber(params["order"], Infinity);

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const otherDefaults = (path: Path): Fault => ({
  path,
  message: `'${pathName(path)}' sets other parameters than the first entry of its name, and those of the first count for all.`,
});
