import type { ResolvedOptions } from "../../options.ts";
import { aliasOf, IDENTITY, isOwnServer, type ModelAliases, type ModelEntry } from "../models/aliases.ts";
import { parseModelName } from "../models/model-name.ts";
import { partitionOf } from "../models/region.ts";
import { once } from "../once.ts";
import { saidRegion } from "./client-access.ts";
import { type Clients, createClients, createRequestHandler } from "./clients.ts";
import { createNumbering } from "./numbering.ts";

/** The clients of an account; without a number, of that of the options. */
export type ClientsOf<Names extends keyof Clients = keyof Clients> = (
  account?: number,
) => Pick<Clients, Names>;

/** Everybody whom AWS is called by. */
export interface Accounts {
  /**
   * By whose access an entry is called: a number, so that nothing that carries it can give a secret away. Undefined for that
   * of the options. Entries with the same access share it.
   */
  accountOf(entry: ModelEntry): number | undefined;
  clientsOf: ClientsOf;
}

const identityIn = (entry: ModelEntry): unknown[] => IDENTITY.map((member) => entry[member]);

/**
 * The access of the options and those that entries of `models` have of their own. They share their sockets and nothing else.
 * @throws TypeError for an entry with access of its own beside the option `client`.
 */
export function createAccounts(options: ResolvedOptions): Accounts {
  const { models = {} } = options;
  const handler = once(createRequestHandler);
  const home = createClients(options, handler);
  const accounts: Clients[] = [];
  const numberOf = createNumbering();
  const regionOf = createSaidRegions(models);

  const accountOf: Accounts["accountOf"] = (entry) => {
    const access = [...identityIn(entry), entry.endpoint];
    if (isOwnServer(entry) || access.every((part) => part === undefined)) return undefined;
    const account = numberOf(access);
    accounts[account] ??= createClients(optionsFor(entry, options, regionOf(entry)), handler);
    return account;
  };

  for (const name of Object.keys(models))
    if (options.client && accountOf(aliasOf(name, models)) !== undefined)
      throw new TypeError(
        `bedrock-openai: 'models' entry '${name}': it cannot have access of its own beside the option 'client'.`,
      );
  return {
    accountOf,
    clientsOf: (account) => (account === undefined ? home : accounts[account]!),
  };
}

function optionsFor(entry: ModelEntry, options: ResolvedOptions, said: string | undefined): ResolvedOptions {
  const own = IDENTITY.filter((member) => entry[member] !== undefined);
  const others = Object.entries(options).filter(([name]) => own.length === 0 || !isIdentity(name));
  const region = homeOf(options, said);
  return {
    ...(Object.fromEntries(others) as unknown as ResolvedOptions),
    ...Object.fromEntries(own.map((member) => [member, entry[member]])),
    ...(region && { region }),
    endpoint: { ...hostsOf(options.endpoint), ...hostsOf(entry.endpoint) },
  };
}

const isIdentity = (name: string): boolean => IDENTITY.some((member) => member === name);

/** Whose access is another partition's has its home there, and no way to that of the options. */
function homeOf(options: ResolvedOptions, said: string | undefined): string | undefined {
  const region = saidRegion(options);
  const isAway = said && (!region || partitionOf(said) !== partitionOf(region));
  return isAway ? said : region;
}

type Hosts = Exclude<ModelEntry["endpoint"], string | undefined>;

const hostsOf = (endpoint: ModelEntry["endpoint"] = {}): Hosts =>
  typeof endpoint === "string"
    ? { runtime: endpoint, control: endpoint, agentRuntime: endpoint, mantle: endpoint }
    : endpoint;

/** The Region that the operator says first for someone who calls; never one that a caller's words bring in. */
function createSaidRegions(models: ModelAliases): (entry: ModelEntry) => string | undefined {
  const numberOf = createNumbering();
  const regions = new Map<number, string>();
  for (const name of Object.keys(models)) {
    const entry = aliasOf(name, models);
    const identity = identityIn(entry);
    const region = regionIn(entry);
    const isOwn = region !== undefined && identity.some((part) => part !== undefined);
    if (isOwn && !regions.has(numberOf(identity))) regions.set(numberOf(identity), region);
  }
  return (entry) => regions.get(numberOf(identityIn(entry)));
}

function regionIn({ region, modelId, model }: ModelEntry): string | undefined {
  // What a `*` will stand for is a caller's.
  const names = [modelId, model].flatMap((text) => parseModelName(text?.replace("*", "x") ?? "") ?? []);
  return region ?? names.map((name) => name.region ?? name.arn?.region).find(Boolean);
}
