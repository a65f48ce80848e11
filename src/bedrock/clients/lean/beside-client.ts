import { type SdkClient, sdkClient } from "../sdk-client.ts";

/** Finds a thing where the SDK's client is. Undefined where there is none of either, as with a newer client or one that is all in one file. */
export function besideClient<T>(find: (client: SdkClient) => T): T | undefined {
  try {
    const client = sdkClient();
    return client && find(client);
  } catch {
    return undefined;
  }
}
