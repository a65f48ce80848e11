import type { ResolvedOptions } from "../../options.ts";
import { renewRefused } from "../credentials/renew-refused.ts";
import { checkKeys } from "./check-keys.ts";
import { addHeaders } from "./client-middleware.ts";
import { keepSigner } from "./keep-signer.ts";
import { rereadSharedFiles } from "./shared-files.ts";
import { tellProfile } from "./tell-profile.ts";

type Client = Parameters<typeof renewRefused>[0] &
  Parameters<typeof addHeaders>[0] &
  Parameters<typeof checkKeys>[0] &
  Parameters<typeof keepSigner>[0] &
  Parameters<typeof tellProfile>[0];

const ours = new WeakSet<object>();

/** Adds to a client that was made here what all of them have. */
export function furnish(client: Client, options: ResolvedOptions): void {
  addHeaders(client, options);
  checkKeys(client);
  if (options.profile) tellProfile(client);
  renewRefused(client, rereadSharedFiles);
  keepSigner(client);
  ours.add(client);
}

/** Nobody else holds it, so that nobody adds to it later. */
export const isOurs = (client: object): boolean => ours.has(client);
