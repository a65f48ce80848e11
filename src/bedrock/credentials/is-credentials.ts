import type { KeyPair } from "./provider.ts";

export const isText = (value: unknown): boolean => typeof value === "string" && value !== "";

/** Whether it is keys to sign with that are not empty. */
export function isKeyPair(value: unknown): value is KeyPair {
  if (typeof value !== "object" || value === null) return false;
  const { accessKeyId, secretAccessKey } = value as Record<string, unknown>;
  return isText(accessKeyId) && isText(secretAccessKey);
}

/** Whether AWS can be called by it: keys, or what will provide some. */
export const isCredentials = (value: unknown): boolean => typeof value === "function" || isKeyPair(value);
