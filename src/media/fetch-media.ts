import { type Answer, checkHead, mediaTypeOf } from "./answer.ts";
import { customFetch } from "./custom-fetch.ts";
import { type Deadline, startDeadline } from "./deadline.ts";
import { DownloadFailure, downloadError } from "./failure.ts";
import type { MediaFetcher } from "./media-fetcher.ts";
import { parseMediaUrl } from "./next-hop.ts";
import { type MediaOptions, resolveMediaOptions } from "./options.ts";
import { ownFetch } from "./own-fetch.ts";
import { readBytes } from "./read-bytes.ts";
import { type Lookup, systemLookup } from "./resolve-host.ts";

export { fetchAll } from "./fetch-all.ts";
export type { FetchedMedia, MediaFetcher } from "./media-fetcher.ts";
export type { MediaOptions } from "./options.ts";

/**
 * A fetcher that cannot be talked into what is not public, by address, by name or by redirect.
 * @param lookup resolves host names; its answers are checked, and connections go to them and nowhere else.
 * @throws TypeError for options that make no sense.
 */
export function createMediaFetcher(options: MediaOptions = {}, lookup: Lookup = systemLookup): MediaFetcher {
  const resolved = resolveMediaOptions(options);
  const { fetch, maxBytes, timeout } = resolved;

  const answerOf = async (text: string, deadline: Deadline): Promise<Answer> => {
    if (fetch === false) throw new DownloadFailure("off");
    const url = parseMediaUrl(text);
    return fetch === true ? ownFetch(url, resolved, lookup, deadline) : customFetch(url, fetch, deadline);
  };

  return async (url, param, signal) => {
    signal.throwIfAborted();
    const deadline = startDeadline(signal, timeout);
    try {
      const answer = await answerOf(url, deadline);
      checkHead(answer, maxBytes);
      const bytes = await readBytes(answer.body, maxBytes);
      return { bytes: bytes.toString("base64"), mediaType: mediaTypeOf(answer) };
    } catch (error) {
      signal.throwIfAborted();
      throw downloadError(url, param, deadline.signal.aborted ? deadline.signal.reason : error);
    } finally {
      deadline.end();
    }
  };
}
