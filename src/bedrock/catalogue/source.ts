import type * as AwsSdk from "@aws-sdk/client-bedrock";
import type { Clients } from "../clients/clients.ts";
import { loadControlSdk } from "../clients/sdk-control.ts";
import type { Found } from "./found.ts";

/** One of AWS's lists. */
export interface Source {
  /** What the AWS identity must be allowed to do. */
  action: string;
  /** All pages. */
  ask(signal: AbortSignal): Promise<Found[]>;
}

type Sdk = typeof AwsSdk;
type Pages = Parameters<Sdk["paginateListImportedModels"]>[0];

/** How a list of the control plane is asked: the SDK, what its paginators take, and what bounds the call. */
export interface Asking {
  sdk: Sdk;
  pages: Pages;
  http: { abortSignal: AbortSignal };
}

/** A list of the control plane's. */
export interface Listing {
  action: string;
  list(asking: Asking): AsyncIterable<readonly Found[]>;
}

/** AWS's own bound on a page. Source: `MaxResults` of the `bedrock` service model. */
const PAGE_SIZE = 1000;

/** A list as a source. The SDK's control client is loaded when it is first asked. */
export const toSource = ({ action, list }: Listing, clients: Pick<Clients, "control">): Source => ({
  action,
  async ask(signal) {
    const [sdk, client] = await Promise.all([loadControlSdk(), clients.control()]);
    const pages = { client, pageSize: PAGE_SIZE, stopOnSameToken: true };
    const found: Found[] = [];
    for await (const page of list({ sdk, pages, http: { abortSignal: signal } })) found.push(...page);
    return found;
  },
});

/** The rows of every page. */
export async function* rowsOf<Page, Row>(
  pages: AsyncIterable<Page>,
  rows: (page: Page) => readonly Row[] | undefined,
  toFound: (row: Row) => Found | undefined,
): AsyncGenerator<Found[]> {
  for await (const page of pages) yield (rows(page) ?? []).flatMap((row) => toFound(row) ?? []);
}
