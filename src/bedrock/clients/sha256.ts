import { hash } from "node:crypto";

const BLOCK_BYTES = 64;

/**
 * SHA-256, and HMAC where there is a secret, as the SDK's signers take it: its own makes three objects of Node's for each, which costs
 * several times the hashing of what is signed. What is told is read by `digest`, not before. Source: RFC 2104, FIPS 180-4.
 */
export class Sha256 {
  readonly #secret: Source | undefined;
  #told: Uint8Array[] = [];

  /** @param secret Text, or bytes in whatever shape. */
  constructor(secret?: Source) {
    this.#secret = secret;
  }

  update(data: Source): void {
    this.#told.push(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    const secret = this.#secret;
    if (!secret) return hashed(this.#told);
    return typeof secret === "string" ? again(secret, this.#told) : hmac(secret, this.#told);
  }

  reset(): void {
    this.#told = [];
  }
}

type Source = string | ArrayBuffer | ArrayBufferView;

const bytesOf = (source: Source): Uint8Array => {
  if (typeof source === "string") return Buffer.from(source);
  if (source instanceof Uint8Array) return source;
  if (!ArrayBuffer.isView(source)) return new Uint8Array(source);
  return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
};

const hashed = (pieces: readonly Uint8Array[]): Uint8Array =>
  hash("sha256", pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces), "buffer");

export function hmac(secret: Source, told: readonly Uint8Array[]): Uint8Array {
  const key = keyOf(bytesOf(secret));
  return hashed([block(key, 0x5c), hashed([block(key, 0x36), ...told])]);
}

/** Of a secret that is a text, asked last. */
let last: { secret: string; data: Uint8Array; digest: Uint8Array } | undefined;

/** With every request the SDK's signer asks for the one HMAC by which it knows credentials: of the key's id with its secret. */
function again(secret: string, told: readonly Uint8Array[]): Uint8Array {
  const data = told.length === 1 ? told[0]! : Buffer.concat(told);
  if (last?.secret === secret && Buffer.compare(last.data, data) === 0) return last.digest;
  const digest = hmac(secret, told);
  last = { secret, data: Uint8Array.from(data), digest };
  return digest;
}

const keyOf = (secret: Uint8Array): Uint8Array =>
  secret.byteLength > BLOCK_BYTES ? hashed([secret]) : secret;

/** A key as the RFC mixes it with one of its two bytes. */
function block(key: Uint8Array, pad: number): Uint8Array {
  const mixed = new Uint8Array(BLOCK_BYTES);
  for (let at = 0; at < BLOCK_BYTES; at += 1) mixed[at] = (at < key.byteLength ? key[at]! : 0) ^ pad;
  return mixed;
}
