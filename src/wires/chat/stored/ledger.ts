import type { CallContext } from "../../../context.ts";
import { inTurn } from "../../../store/in-turn.ts";
import { type Kept, keptBy } from "../../../store/kept.ts";
import { ownerOf } from "../../../store/owner.ts";
import type { Store } from "../../../store/store.ts";

/** What a list tells completions apart by without reading them. */
export interface Entry {
  id: string;
  /** Unix seconds. */
  created: number;
  model: string;
  /** As the caller named it. */
  asked: string;
}

/** A part of the ledger, which one process writes. */
interface Sheet {
  id: string;
  by: string;
  /** Unix seconds of its first entry. */
  from: number;
}

const SHEETS = "sheets";
const MAX_ENTRIES = 100;
/** What stands on older sheets is still kept, but no longer listed. */
const MAX_SHEETS = 1000;
const READ_AT_ONCE = 50;

/** Each process writes sheets of its own, so that processes do not overwrite each other's entries. */
const writers = new WeakMap<Store, string>();

function writerOf(store: Store): string {
  const known = writers.get(store) ?? crypto.randomUUID();
  writers.set(store, known);
  return known;
}

interface Ledger {
  sheets: Kept<readonly Sheet[]>;
  entries: Kept<readonly Entry[]>;
}

const ledgerOf = async (context: CallContext, store: Store): Promise<Ledger> => ({
  sheets: await keptBy(context, store, "chats"),
  entries: await keptBy(context, store, "chats"),
});

/** Notes that a completion is kept. */
export async function enter(context: CallContext, store: Store, entry: Entry): Promise<void> {
  const ledger = await ledgerOf(context, store);
  const by = writerOf(store);
  await inTurn(store, `chats:${await ownerOf(context)}`, async () => {
    const sheets = (await ledger.sheets.get(SHEETS)) ?? [];
    const own = sheets.findLast((sheet) => sheet.by === by);
    const entries = own ? await ledger.entries.get(own.id) : undefined;
    if (own && entries && entries.length < MAX_ENTRIES && entry.created - own.from < seconds(context) / 4)
      return ledger.entries.put(own.id, [...entries, entry]);
    return begin(context, ledger, { sheets, by, entry });
  });
}

const seconds = ({ options: { storeTtl } }: CallContext): number => storeTtl / 1000;

/** A sheet is written on for a quarter of the time that completions are kept: after another whole one nothing on it is left. */
async function begin(
  context: CallContext,
  ledger: Ledger,
  { sheets, by, entry }: { sheets: readonly Sheet[]; by: string; entry: Entry },
): Promise<void> {
  const sheet = { id: context.newId("sheet_"), by, from: entry.created };
  const oldest = entry.created - seconds(context) * 1.25;
  const live = sheets.filter(({ from }) => from >= oldest);
  await ledger.entries.put(sheet.id, [entry]);
  await ledger.sheets.put(SHEETS, [...live, sheet].slice(-MAX_SHEETS), context.options.storeTtl * 1.25);
}

/** All entries, oldest first, also those of completions that are no longer there. */
export async function entriesOf(context: CallContext, store: Store): Promise<Entry[]> {
  const ledger = await ledgerOf(context, store);
  const sheets = (await ledger.sheets.get(SHEETS)) ?? [];
  const entries: Entry[] = [];
  for (let from = 0; from < sheets.length; from += READ_AT_ONCE) {
    const some = sheets.slice(from, from + READ_AT_ONCE);
    const read = await Promise.all(some.map(({ id }) => ledger.entries.get(id)));
    entries.push(...read.flatMap((each) => each ?? []));
  }
  return entries.toSorted((a, b) => a.created - b.created);
}
