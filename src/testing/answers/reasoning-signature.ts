import { createHash } from "node:crypto";

const MARK = "bedrock-emulator:";

/** A signature that binds a reasoning text: base64, like Claude's. */
export function signReasoning(text: string): string {
  return Buffer.from(MARK + createHash("sha256").update(text).digest("hex")).toString("base64");
}

/** Whether a signature is one of the emulator's own, but not of this text. */
export function isForgedSignature(signature: string, text: string): boolean {
  const own = Buffer.from(signature, "base64").toString("latin1").startsWith(MARK);
  return own && signature !== signReasoning(text);
}
