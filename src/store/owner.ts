import type { CallContext } from "../context.ts";

/**
 * Whose something is that is kept: the caller's, by the id that `authorize` gives it, or by its API key. Nobody reads what is
 * another's. It is a digest, so that stores are told neither keys nor names, and no name can be made to look like two.
 */
export async function ownerOf({ caller, apiKey }: Pick<CallContext, "caller" | "apiKey">): Promise<string> {
  if (caller.id !== undefined) return digest(`id:${caller.id}`);
  return apiKey === undefined ? "anyone" : digest(`key:${apiKey}`);
}

async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
