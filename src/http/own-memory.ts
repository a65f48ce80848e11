import { Buffer } from "node:buffer";

/**
 * A piece that its reader may take away, as streams of bytes do with what they are given: small Buffers share one memory, which would go with it
 * and take what others have in it. Larger ones have their own.
 */
export const ownMemory = (piece: Uint8Array): Uint8Array =>
  piece.byteLength < Buffer.poolSize / 2 ? new Uint8Array(piece) : piece;
