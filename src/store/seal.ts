import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

/** What callers carry for us, unread and unchanged: encrypted and authenticated, for one owner and one purpose. */
export interface Seal {
  /** @param purpose What it is, so that it passes for nothing else: `reasoning`. */
  seal(purpose: string, owner: string, value: unknown): string;
  open(purpose: string, owner: string, text: string): Opened;
}

/** `foreign` was sealed by others, or with another secret; `forged` claims to be of ours and is not, or not the owner's. */
export type Opened = { value: unknown } | "foreign" | "forged";

const PREFIX = "bo1.";

/** @param secret The operator's, the same in all processes. Default: one of this process alone. */
export function createSeal(secret = randomBytes(32).toString("hex")): Seal {
  const key = new Uint8Array(hkdfSync("sha256", secret, "", "bedrock-openai seal", 32));
  const name = createHash("sha256").update(key).digest("hex").slice(0, 8);
  const ours = `${PREFIX}${name}.`;
  return {
    seal(purpose, owner, value) {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(aad(purpose, owner));
      const sealed = [iv, cipher.update(JSON.stringify(value), "utf8"), cipher.final(), cipher.getAuthTag()];
      return ours + Buffer.concat(sealed).toString("base64url");
    },
    open(purpose, owner, text) {
      if (!text.startsWith(ours)) return "foreign";
      const bytes = Buffer.from(text.slice(ours.length), "base64url");
      if (bytes.length < 28) return "forged";
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12))
        .setAAD(aad(purpose, owner))
        .setAuthTag(bytes.subarray(-16));
      try {
        const text = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
        return { value: JSON.parse(text.toString("utf8")) as unknown };
      } catch {
        return "forged";
      }
    },
  };
}

const aad = (purpose: string, owner: string): Uint8Array =>
  new TextEncoder().encode(JSON.stringify([purpose, owner]));
