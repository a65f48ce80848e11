import { Buffer } from "node:buffer";
import { type Attachments, withFiles } from "./attachments.ts";

/** A text with the files themselves in the place of their tokens, for whoever keeps it longer than the request lasts. */
export const wholeText = (text: string, attachments: Attachments): string =>
  withFiles(text, attachments)
    .map((piece) => (typeof piece === "string" ? piece : base64Of(piece)))
    .join("");

/** Base64 is ASCII. */
const base64Of = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString("latin1");
