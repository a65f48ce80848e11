const PREFIX = "bedrock-api-key-";

/**
 * When a short-term Bedrock API key ends, which it says itself: behind its prefix it is a presigned URL in base64. Undefined for
 * other keys. Source: AWS's `@aws/bedrock-token-generator`.
 */
export function endOfKey(key: string): Date | undefined {
  if (!key.startsWith(PREFIX)) return undefined;
  const url = Buffer.from(key.slice(PREFIX.length), "base64").toString("latin1");
  const [, year, month, day, hour, minute, second] =
    /X-Amz-Date=(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/i.exec(url) ?? [];
  const [, seconds] = /X-Amz-Expires=(\d{1,9})(?!\d)/i.exec(url) ?? [];
  const made = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(made) || seconds === undefined ? undefined : new Date(made + Number(seconds) * 1_000);
}
