import type { CallContext } from "../../../context.ts";
import { inTurn } from "../../../store/in-turn.ts";
import { type Kept, keptBy } from "../../../store/kept.ts";
import { ownerOf } from "../../../store/owner.ts";
import type { Store } from "../../../store/store.ts";

/** What a list tells completions apart by without reading them. */
export interface Entry {
  id: string;
  /** Unix seconds: since when it is kept. */
  since: number;
  model: string;
  /** As the caller named it. */
  asked: string;
}

/** A part of the ledger, which one process writes. */
interface Sheet {
  id: string;
  /** Unix seconds of its first entry. */
  from: number;
}

const SHEETS = "sheets";
const MAX_ENTRIES = 100;
/** What stands on older sheets is still kept, but no longer listed. */
const MAX_SHEETS = 1000;
const MAX_OWNERS = 1000;
const MAX_TRIES = 4;
const READ_AT_ONCE = 50;

/**
 * Each process writes a sheet of its own for each owner, so that processes do not overwrite each other's entries. Only the list of
 * sheets is everybody's: whoever finds its own missing there puts it back.
 */
const ownSheets = new WeakMap<Store, Map<string, Sheet>>();

interface Ledger {
  owner: string;
  own: Map<string, Sheet>;
  sheets: Kept<readonly Sheet[]>;
  entries: Kept<readonly Entry[]>;
}

async function ledgerOf(context: CallContext, store: Store): Promise<Ledger> {
  const own = ownSheets.get(store) ?? new Map<string, Sheet>();
  ownSheets.set(store, own);
  return {
    owner: await ownerOf(context),
    own,
    sheets: await keptBy(context, store, "chats"),
    entries: await keptBy(context, store, "chats"),
  };
}

/** Notes that a completion is kept. */
export async function enter(context: CallContext, store: Store, entry: Entry): Promise<void> {
  const ledger = await ledgerOf(context, store);
  const { owner, own, entries } = ledger;
  await inTurn(store, `chats:${owner}`, async () => {
    const sheet = own.get(owner);
    const written = sheet ? await entries.get(sheet.id) : undefined;
    const goesOn = sheet && written && written.length < MAX_ENTRIES && isYoung(sheet, entry, context);
    const next = goesOn ? sheet : { id: context.newId("sheet_"), from: entry.since };
    await entries.put(next.id, goesOn ? [...written, entry] : [entry]);
    await list(context, ledger, next);
  });
}

const seconds = ({ options: { storeTtl } }: CallContext): number => storeTtl / 1000;

/** A sheet is written on for a quarter of the time that completions are kept: after another whole one nothing on it is left. */
const isYoung = ({ from }: Sheet, { since }: Entry, context: CallContext): boolean =>
  since - from < seconds(context) / 4;

/** Until the sheet stands in the list, where others may be writing too. */
async function list(context: CallContext, { owner, own, sheets }: Ledger, sheet: Sheet): Promise<void> {
  const oldest = sheet.from - seconds(context) * 1.25;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const known = (await sheets.get(SHEETS)) ?? [];
    if (known.some(({ id }) => id === sheet.id)) break;
    const live = known.filter(({ from }) => from >= oldest);
    const ttl = Math.ceil(context.options.storeTtl * 1.25);
    await sheets.put(SHEETS, [...live, sheet].slice(-MAX_SHEETS), ttl);
  }
  remember(own, owner, sheet);
}

function remember(own: Map<string, Sheet>, owner: string, sheet: Sheet): void {
  own.delete(owner);
  own.set(owner, sheet);
  const [oldest] = own.keys();
  if (own.size > MAX_OWNERS && oldest !== undefined) own.delete(oldest);
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
  return entries.toSorted((a, b) => a.since - b.since);
}
