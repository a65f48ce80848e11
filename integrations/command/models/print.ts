import type { ListedModel } from "./list.ts";
import { type Column, renderTable } from "../table.ts";
import type { Io } from "../terminal.ts";

/** In people's words, as far as they fit beside an id of 48 characters. */
const KINDS: Readonly<Record<string, string>> = { image_generation: "image" };

/** What people choose a chat model by: the words of `supports`, and ours for them. */
const ABILITIES: readonly (readonly [supports: string, word: string])[] = [
  ["tools", "tools"],
  ["vision", "images"],
  ["reasoning", "thinks"],
  ["documents", "documents"],
  ["prompt_caching", "caches"],
];

/** As many as an 80 column line has room for. */
const FEW = 3;

const abilities = ({ supports = {} }: ListedModel): string[] =>
  ABILITIES.flatMap(([key, word]) => (supports[key] === true ? [word] : []));

const fewAbilities = ({ supports = {} }: ListedModel): string =>
  ABILITIES.slice(0, FEW)
    .flatMap(([key, word]) => (supports[key] === true ? [word] : []))
    .join(" ");

/** Where a line has room for all that it can do. */
const WIDE = 100;

const kindOf = ({ mode = "" }: ListedModel): string => KINDS[mode] ?? mode;

const columnsFor = (width: number, withStatus: boolean): readonly Column<ListedModel>[] => [
  { title: "MODEL", rank: 0, cell: ({ id }) => id },
  { title: "KIND", rank: 1, cell: kindOf },
  ...(withStatus
    ? [{ title: "STATUS", rank: 2, cell: ({ bedrock }: ListedModel) => bedrock.lifecycle ?? "" }]
    : []),
  {
    title: "CAN",
    rank: 3,
    cell: (model) => (width < WIDE ? fewAbilities(model) : abilities(model).join(" ")),
  },
  {
    title: "STREAMS",
    rank: 5,
    cell: ({ supports }) => (supports === undefined ? "" : supports["streaming"] === true ? "yes" : "no"),
  },
  { title: "VENDOR", rank: 4, cell: ({ bedrock, owned_by: owner }) => bedrock.provider ?? owner },
];

const NAMES: readonly Column<ListedModel>[] = [
  { title: "NAME", rank: 0, cell: ({ id }) => id },
  { title: "LEADS TO", rank: 0, cell: ({ bedrock }) => bedrock.alias_of ?? "" },
];

/** The longest comes last, where it pushes nothing. */
const OWN: readonly Column<ListedModel>[] = [
  { title: "NAME", rank: 0, cell: ({ name = "" }) => name },
  { title: "KIND", rank: 0, cell: kindOf },
  { title: "MODEL", rank: 0, cell: ({ id }) => id },
];

/** Where a model belongs; the first that fits. */
const SECTIONS: readonly {
  has: (model: ListedModel) => boolean;
  columns: (width: number, withStatus: boolean) => readonly Column<ListedModel>[];
}[] = [
  { has: ({ bedrock }) => bedrock.type === "alias", columns: () => NAMES },
  { has: ({ id }) => !id.startsWith("arn:"), columns: columnsFor },
  { has: () => true, columns: () => OWN },
];

/**
 * The operator's own names first, then AWS's models, then what the account has made and calls by ARN. Where no terminal
 * says otherwise, a line has 80 characters.
 */
export function printModels(
  models: readonly ListedModel[],
  io: Io,
  { withStatus }: { withStatus: boolean },
): void {
  const width = io.columns ?? 80;
  const paint = (text: string): string => io.style.stdout("bold", text);
  const tables = SECTIONS.flatMap((section) => {
    const rows = models.filter((model) => SECTIONS.find(({ has }) => has(model)) === section);
    const columns = section.columns(width, withStatus);
    return rows.length > 0 ? [renderTable(rows, columns, { width, paint })] : [];
  });
  io.out(tables.join("\n"));
}
