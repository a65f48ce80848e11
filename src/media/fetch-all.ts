import { invalidRequest } from "../errors.ts";
import type { FetchedMedia, MediaFetcher } from "./media-fetcher.ts";

const AT_ONCE = 6;
/** One small request must not become a flood of others. */
const MAX_URLS = 500;
/** Of base64, all in memory at the same time. */
const MAX_TOTAL_CHARACTERS = 256 * 1024 * 1024;

/**
 * All URLs of one request: each distinct URL fetched once, at most 6 at a time; the first failure aborts the others.
 * @param urls every URL with the path of the parameter that holds it.
 * @throws what the fetcher throws; BedrockOpenAIError 400 for more URLs, or more data, than one request may hold.
 */
export async function fetchAll(
  urls: ReadonlyMap<string, string>,
  fetcher: MediaFetcher,
  signal: AbortSignal,
): Promise<Map<string, FetchedMedia>> {
  if (urls.size > MAX_URLS) throw tooMuch(`${MAX_URLS} URLs`, [...urls.values()][MAX_URLS]!);
  signal.throwIfAborted();
  const controller = new AbortController();
  const follow = (): void => controller.abort(signal.reason);
  signal.addEventListener("abort", follow, { once: true });

  const fetched = new Map<string, FetchedMedia>();
  const queue = urls.entries();
  let total = 0;
  const work = async (): Promise<void> => {
    for (const [url, param] of queue) {
      const media = await fetcher(url, param, controller.signal);
      total += media.bytes.length;
      if (total > MAX_TOTAL_CHARACTERS) throw tooMuch(`${MAX_TOTAL_CHARACTERS} characters of base64`, param);
      fetched.set(url, media);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, urls.size) }, work));
    return fetched;
  } catch (error) {
    controller.abort(error);
    throw error;
  } finally {
    signal.removeEventListener("abort", follow);
  }
}

const tooMuch = (limit: string, param: string): Error =>
  invalidRequest(`The files of one request are too many or too large: at most ${limit} are downloaded.`, {
    code: "invalid_image_url",
    param,
  });
