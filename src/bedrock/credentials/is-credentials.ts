const isText = (value: unknown): boolean => typeof value === "string" && value !== "";

/** Whether AWS can be called by it: keys that are not empty, or what will provide some. */
export function isCredentials(value: unknown): boolean {
  if (typeof value === "function") return true;
  if (typeof value !== "object" || value === null) return false;
  const { accessKeyId, secretAccessKey } = value as Record<string, unknown>;
  return isText(accessKeyId) && isText(secretAccessKey);
}
