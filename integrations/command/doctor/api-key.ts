/** What a Bedrock API key says of itself. */
export interface ApiKeyFacts {
  kind: "short-term" | "long-term" | "unknown";
  /** The Region it is good in, of a short-term key. */
  region?: string;
  expires?: Date;
}

const SHORT_TERM = "bedrock-api-key-";

/**
 * Reads an API key without asking anybody. A short-term one is a presigned URL in base64, which tells Region and age.
 * Source: AWS's `@aws/bedrock-token-generator`.
 */
export function readApiKey(key: string): ApiKeyFacts {
  if (key.startsWith("ABSK")) return { kind: "long-term" };
  if (!key.startsWith(SHORT_TERM)) return { kind: "unknown" };
  const url = atob64(key.slice(SHORT_TERM.length));
  const [, region] = /X-Amz-Credential=[^&]*?%2F\d{8}%2F([\w-]+)%2F/i.exec(url) ?? [];
  const expires = expiryIn(url);
  return {
    kind: "short-term",
    ...(region !== undefined && { region }),
    ...(expires && { expires }),
  };
}

const atob64 = (text: string): string => Buffer.from(text, "base64").toString("latin1");

/** `X-Amz-Date=20261122T113540Z` and `X-Amz-Expires=43200`, in seconds. */
function expiryIn(url: string): Date | undefined {
  const [, year, month, day, hour, minute, second] =
    /X-Amz-Date=(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/i.exec(url) ?? [];
  const [, seconds] = /X-Amz-Expires=(\d{1,9})(?!\d)/i.exec(url) ?? [];
  if (year === undefined || seconds === undefined) return undefined;
  const made = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(made) ? undefined : new Date(made + Number(seconds) * 1000);
}
