import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

/** What callers carry for us, unread and unchanged: encrypted and authenticated, for one owner and one purpose. */
export interface Seal {
  /** @param purpose What it is, so that it passes for nothing else: `reasoning`. */
  seal(purpose: string, owner: string, value: unknown): string;
  open(purpose: string, owner: string, text: string): Opened;
}

/** `foreign` was sealed by others, or with another secret; `forged` claims to be of ours and is not, or not the owner's. */
export type Opened = { value: unknown } | "foreign" | "forged";

const PREFIX = "bo1.";

/** In bytes. The first half of the nonce makes the key, the second is AES-GCM's own. */
const NONCE = 24;
const TAG = 16;
const CIPHER = "aes-256-gcm";
const LENGTHS = { authTagLength: TAG };

/** @param secret The operator's, the same in all processes. Default: one of this process alone. */
export function createSeal(secret = randomBytes(32).toString("hex")): Seal {
  const derived = (info: string, length: number): Uint8Array =>
    new Uint8Array(hkdfSync("sha256", secret, "", `bedrock-openai ${info}`, length));
  const root = derived("seal", 32);
  // By it what was sealed with another secret is told from what was tampered with; it says nothing of the key.
  const ours = `${PREFIX}${Buffer.from(derived("seal's name", 6)).toString("base64url")}.`;
  // All processes seal with one secret for years: a key of its own for each text leaves no nonce to meet another.
  const keyOf = (nonce: Uint8Array): Uint8Array =>
    createHmac("sha256", root)
      .update(nonce.subarray(0, NONCE / 2))
      .digest();
  return {
    seal(purpose, owner, value) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv(CIPHER, keyOf(nonce), nonce.subarray(NONCE / 2), LENGTHS);
      cipher.setAAD(aad(purpose, owner));
      const sealed = [
        nonce,
        cipher.update(JSON.stringify(value), "utf8"),
        cipher.final(),
        cipher.getAuthTag(),
      ];
      return ours + Buffer.concat(sealed).toString("base64url");
    },
    open(purpose, owner, text) {
      if (!text.startsWith(ours)) return "foreign";
      const bytes = bytesOf(text.slice(ours.length));
      if (!bytes || bytes.length < NONCE + TAG) return "forged";
      const nonce = bytes.subarray(0, NONCE);
      const decipher = createDecipheriv(CIPHER, keyOf(nonce), nonce.subarray(NONCE / 2), LENGTHS)
        .setAAD(aad(purpose, owner))
        .setAuthTag(bytes.subarray(-TAG));
      try {
        const opened = [decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()];
        return { value: JSON.parse(Buffer.concat(opened).toString("utf8")) as unknown };
      } catch {
        return "forged";
      }
    },
  };
}

const aad = (purpose: string, owner: string): Uint8Array =>
  new TextEncoder().encode(JSON.stringify([purpose, owner]));

/** Node reads base64 with anything between its letters: only the one text that was written is good. */
function bytesOf(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : undefined;
}
