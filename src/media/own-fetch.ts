import type { Answer } from "./answer.ts";
import type { Deadline } from "./deadline.ts";
import { DownloadFailure } from "./failure.ts";
import { nextHop } from "./next-hop.ts";
import type { ResolvedMediaOptions } from "./options.ts";
import { requestOnce } from "./request-once.ts";
import { type Lookup, resolveHost } from "./resolve-host.ts";

/** The answer of `url` after its redirects, every hop of which is checked like the first. */
export async function ownFetch(
  url: URL,
  { allowPrivate, maxRedirects }: ResolvedMediaOptions,
  lookup: Lookup,
  deadline: Deadline,
): Promise<Answer> {
  let here = url;
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    const addresses = await deadline.race(resolveHost(here.hostname, allowPrivate, lookup));
    const response = await requestOnce(here, addresses, deadline.signal);
    const { statusCode: status, headers } = response;
    const next = nextHop(here, status, headers.location);
    if (!next) {
      // It was asked not to compress; and what decompresses may be a bomb.
      const encoding = headers["content-encoding"] ?? "identity";
      if (status === 200 && encoding.toLowerCase() !== "identity") throw new DownloadFailure("encoding");
      return { status, header: (name) => headers[name]?.toString(), body: response };
    }
    response.destroy();
    here = next;
  }
  throw new DownloadFailure("redirects", maxRedirects);
}
