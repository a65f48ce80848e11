import type { ResolvedOptions } from "../../options.ts";
import { IDENTITY, type ModelEntry } from "../models/aliases.ts";
import { partitionOf } from "../models/region.ts";
import { saidRegion } from "./said-region.ts";

/** What an entry may say of who calls, and of the hosts that are called. */
const ACCESS = [...IDENTITY, "role"] as const;

/** Whether an entry says who calls: then nothing that the options say of it counts. */
export const saysWhoCalls = (entry: ModelEntry): boolean =>
  IDENTITY.some((member) => entry[member] !== undefined);

export const identityIn = (entry: ModelEntry): unknown[] => ACCESS.map((member) => entry[member]);

/** All that makes it another account than that of the options. */
export const accessIn = (entry: ModelEntry): unknown[] => [...identityIn(entry), entry.endpoint];

/**
 * The options of an account of its own. A role alone is taken on by the access of the options, in the place of their own role.
 * @param home The Region that the operator says for whoever calls.
 */
export function accountOptions(
  entry: ModelEntry,
  options: ResolvedOptions,
  home: string | undefined,
): ResolvedOptions {
  const replaced: readonly string[] = saysWhoCalls(entry) ? ACCESS : entry.role ? ["role"] : [];
  const others = Object.entries(options).filter(([name]) => !replaced.includes(name));
  const own = ACCESS.filter((member) => entry[member] !== undefined);
  const region = homeOf(options, home);
  return {
    ...(Object.fromEntries(others) as unknown as ResolvedOptions),
    ...Object.fromEntries(own.map((member) => [member, entry[member]])),
    ...(region && { region }),
    endpoint: { ...hostsOf(options.endpoint), ...hostsOf(entry.endpoint) },
  };
}

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
