import type { ResolvedOptions } from "../../options.ts";
import { isOwnServer, type ModelEntry } from "../models/aliases.ts";
import { createKept } from "../kept.ts";
import { once } from "../once.ts";
import { createRequestHandler } from "../transport/request-handler.ts";
import { Account } from "./account.ts";
import { accountFault, isOfOptions } from "./account-fault.ts";
import { accessIn, accountOptions, saysWhoCalls } from "./account-options.ts";
import { type Clients, createClients } from "./clients.ts";
import { createContentKey } from "./content-key.ts";
import { createNumbering } from "./numbering.ts";
import { createSaidRegions } from "./said-regions.ts";

/** The clients of an account; without one, of that of the options. */
export type ClientsOf<Names extends keyof Clients = keyof Clients> = (
  account?: Account,
) => Pick<Clients, Names>;

/** Everybody whom AWS is called by. */
export interface Accounts {
  /**
   * By whose access an entry is called. Undefined for that of the options. Entries with the same access share it.
   * @param own What of the entry is said for this call alone: such an account is forgotten when it is long unused.
   * @throws TypeError for access that makes no sense.
   */
  accountOf(entry: ModelEntry, own?: ModelEntry): Account | undefined;
  clientsOf: ClientsOf;
}

/** More callers at once than this, each with access of its own, make their clients anew. */
const MAX_BORROWED = 256;

/** Of access that is said for a call alone: its callers name Regions too, and there may be many of them. */
const MAX_BORROWED_REGIONS = 8;

/** Who calls, with the clients to call by. */
interface Holder {
  account: Account;
  number: number | undefined;
  clients: Clients;
}

/**
 * The access of the options, that which entries of `models` have of their own, and that which is said for a call alone. They share
 * their sockets and nothing else.
 * Entries whose access makes no sense are refused with the options; see `accountsFault`.
 */
export function createAccounts(options: ResolvedOptions): Accounts {
  const { models = {} } = options;
  const handler = once(() => createRequestHandler(options));
  const regionOf = createSaidRegions(models);
  // Weak: of an account that is forgotten, whoever still calls by it keeps the clients.
  const clients = new WeakMap<Account, Clients>();
  let count = 0;

  const held = (number: number | undefined, made: Clients): Holder => {
    const account = new Account(number);
    clients.set(account, made);
    return { account, number, clients: made };
  };
  const open = (entry: ModelEntry, home: string | undefined, regions?: number): Holder => {
    const fault = accountFault(entry, options);
    if (fault) throw new TypeError(`bedrock-openai: ${fault}.`);
    return held(count++, createClients(accountOptions(entry, options, home), handler, regions));
  };

  const home = held(undefined, createClients(options, handler));
  const fixed: Holder[] = [];
  const numberOf = createNumbering();
  const borrowed = createKept<Holder>(MAX_BORROWED);
  const keyOf = createContentKey();

  const holderOf = (entry: ModelEntry, own: ModelEntry | undefined): Holder => {
    const access = accessIn(entry);
    if (!own || isOfOptions(own)) return (fixed[numberOf(access)] ??= open(entry, regionOf(entry)));
    const region = saysWhoCalls(own) ? own.region : regionOf(entry);
    return borrowed(keyOf([access, region]), () => open(entry, region, MAX_BORROWED_REGIONS));
  };

  const accountOf: Accounts["accountOf"] = (entry, own) => {
    if (isOwnServer(entry)) return undefined;
    const isHome = isOfOptions(entry);
    if (isHome && !entry.headers) return undefined;
    const holder = isHome ? home : holderOf(entry, own);
    if (!entry.headers) return holder.account;
    const account = new Account(holder.number, entry.headers);
    clients.set(account, holder.clients);
    return account;
  };

  return {
    accountOf,
    clientsOf: (account = home.account) => clients.get(account)!,
  };
}
