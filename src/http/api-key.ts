/** Where callers put their key: OpenAI's clients, Azure's, Anthropic's. */
const HEADERS = ["api-key", "x-api-key"];

/** The API key that a caller sent; undefined where there is none. */
export function apiKeyOf(headers: Headers): string | undefined {
  const [, bearer] = /^bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "") ?? [];
  if (bearer) return bearer;
  for (const name of HEADERS) {
    const key = headers.get(name)?.trim();
    if (key) return key;
  }
  return undefined;
}

/** As much as tells a caller which of its keys it was, and nobody else what it is. */
export const masked = (key: string): string =>
  key.length < 12 ? "***" : `${key.slice(0, 4)}***${key.slice(-3)}`;
