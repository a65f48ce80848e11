import { type ModelAliases, saidOf } from "./aliases.ts";

/** A model string that may answer a call. */
export interface Candidate {
  name: string;
  /** It stands in for what was asked for, and is not it. */
  isFallback: boolean;
}

/** The members of a spread in the order in which they are to be tried, the one whose turn it is first. */
export type InOrder = (spread: Readonly<Record<string, number>>) => readonly string[];

/**
 * Every name that may answer for one that is asked for, each once: of a spread the one whose turn it is, then its other
 * members, then the fallbacks. Names stand for whatever the operator says of them in turn; what the name asked for says
 * itself comes before what those say that it leads to.
 */
export function candidatesOf(
  asked: string,
  aliases: ModelAliases | undefined,
  inOrder: InOrder,
): Candidate[] {
  const candidates: Candidate[] = [];
  const met = new Set<string>();
  const lists: (readonly string[])[] = [];

  const meet = (name: string, isFallback: boolean): void => {
    if (met.has(name)) return;
    met.add(name);
    const { spread, fallbacks } = saidOf(name, aliases);
    if (fallbacks) lists.push(fallbacks);
    if (!spread) candidates.push({ name, isFallback });
    else for (const member of inOrder(spread)) meet(member, isFallback);
  };

  meet(asked, false);
  // It grows while it is read.
  for (const fallbacks of lists) for (const name of fallbacks) meet(name, true);
  return candidates;
}
