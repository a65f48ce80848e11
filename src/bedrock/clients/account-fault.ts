import type { ResolvedOptions } from "../../options.ts";
import { accessFault } from "../credentials/access-fault.ts";
import { aliasOf, isOwnServer, type ModelEntry } from "../models/aliases.ts";
import { accessIn, accountOptions } from "./account-options.ts";

/** What is wrong with the access that entries of `models` have of their own; undefined where all is well. */
export function accountsFault(options: ResolvedOptions): string | undefined {
  const { models = {} } = options;
  for (const name of Object.keys(models)) {
    const fault = accountFault(aliasOf(name, models), options);
    if (fault) return `'models' entry '${name}': ${fault}`;
  }
  return undefined;
}

/** What is wrong with the access that an entry has of its own, also by what the options say. */
export function accountFault(entry: ModelEntry, options: ResolvedOptions): string | undefined {
  if (isOwnServer(entry) || isOfOptions(entry)) return undefined;
  if (options.client) return "it cannot have access of its own beside the option 'client'";
  return accessFault(accountOptions(entry, options, undefined));
}

export const isOfOptions = (entry: ModelEntry): boolean =>
  accessIn(entry).every((part) => part === undefined);
