import { DownloadFailure } from "./failure.ts";

/** The URL, if it is one that may be downloaded as far as its text tells. */
export function parseMediaUrl(text: string, base?: URL): URL {
  if (!URL.canParse(text, base?.href)) throw new DownloadFailure("url");
  const url = new URL(text, base);
  if (url.protocol !== "http:" && url.protocol !== "https:") throw new DownloadFailure("scheme");
  if (url.username || url.password) throw new DownloadFailure("credentials");
  return url;
}

const REDIRECTS = new Set<number | undefined>([301, 302, 303, 307, 308]);

/** Where an answer sends the caller on to; none for an answer that is final. */
export function nextHop(
  from: URL,
  status: number | undefined,
  location: string | undefined,
): URL | undefined {
  if (!REDIRECTS.has(status) || location === undefined) return undefined;
  const to = parseMediaUrl(location, from);
  if (from.protocol === "https:" && to.protocol === "http:") throw new DownloadFailure("downgrade");
  return to;
}
