import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { expect } from "vitest";
import type { Door } from "../../support/doors/served.ts";
import { type Checks, post } from "./visit.ts";

const PACKERS = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync };

function ask({ baseURL, fetch }: Door, encoding: string, pack: (text: string) => Uint8Array) {
  const { body, ...init } = post({}, { headers: { "content-encoding": encoding } });
  return fetch(`${baseURL}/chat/completions`, { ...init, body: new Uint8Array(pack(body as string)) });
}

/** Where nobody before us unpacks bodies. */
export const PACKED: Checks = {
  "tells who packs a body to send it plain, and not that it is no JSON": async ({ house, open }) => {
    const door = await open();
    for (const [encoding, pack] of Object.entries(PACKERS)) {
      const response = await ask(door, encoding, pack);
      const message = expect.stringMatching(new RegExp(`'${encoding}'.*without a 'Content-Encoding'`));
      const error = { type: "invalid_request_error", code: "unsupported_content_encoding", message };
      expect([response.status, await response.json()]).toMatchObject([415, { error }]);
    }
    expect(house.bedrock.requests).toEqual([]);
    const plain = await ask(door, "identity", (text) => new TextEncoder().encode(text));
    expect(plain.status).toBe(200);
    await plain.text();
  },
};

export const UNPACKED: Checks = {
  "reads what the app has unpacked, although the header still says that it is packed": async ({ open }) => {
    const door = await open();
    for (const encoding of ["gzip", "deflate"] as const) {
      const response = await ask(door, encoding, PACKERS[encoding]);
      expect([response.status, await response.json()]).toMatchObject([200, { choices: [{}] }]);
    }
  },
};
