import type { Run, Row } from "../results.ts";
import { spread } from "../statistics.ts";
import type { Figure, Place, Target } from "../targets.ts";
import { ratioOf } from "./lines.ts";

/** What became of a target in a run. */
export interface Verdict {
  value: number;
  isMet: boolean;
}

/** @returns undefined where the run did not measure it. */
export function judge({ figure, most }: Target, run: Run): Verdict | undefined {
  const value = valueOf(figure, run);
  return value === undefined ? undefined : { value, isMet: value <= most };
}

export function valueOf(figure: Figure, { tables }: Pick<Run, "tables">): number | undefined {
  const row = (place: Place): Row | undefined => {
    const [table = "", name] = place.split("/");
    return tables[table]?.rows.find((each) => each.name === name);
  };
  const places = Object.entries(figure).flatMap(([key, place]) =>
    key === "kind" ? [] : [row(place as Place)],
  );
  const [of, over, floor] = places;
  if (!of || places.includes(undefined)) return undefined;
  switch (figure.kind) {
    case "plain":
      return spread(of.rounds).median;
    case "ratio":
      return ratioOf(of, over!).median;
    case "beyond":
      return spread(beyond(of, over!)).median;
    case "net":
      return ratioOf({ ...of, rounds: beyond(of, floor!) }, { ...over!, rounds: beyond(over!, floor!) })
        .median;
  }
}

/** Round by round, as ratios are. */
const beyond = (of: Row, over: Row): number[] =>
  of.rounds.map((value, round) => value - (over.rounds[round] ?? Number.NaN));
