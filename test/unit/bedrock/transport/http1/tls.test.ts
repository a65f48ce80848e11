import type { TLSSocket } from "node:tls";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../../../../support/bedrock.ts";
import { askerOf, say, whole } from "../../../../support/network/ask-over-http1.ts";
import { type Certificate, ELSEWHERE, EXPIRED, STAND_IN } from "../../../../support/network/certificates.ts";
import { trust, trustStandIn } from "../../../../support/network/http2-host.ts";
import { openRawServer, type RawServer } from "../../../../support/raw-server.ts";
import { certificate as STRANGE } from "../../../testing/tls-fixture.ts";

beforeAll(() => {
  trustStandIn();
  trust(EXPIRED, ELSEWHERE);
});

let server: RawServer;
/** Of each request. */
const shaken: { isResumed: boolean; servername: unknown }[] = [];
afterEach(() => {
  shaken.length = 0;
  return server.close();
});

const opened = async (tls: Certificate = STAND_IN): Promise<RawServer> =>
  (server = await openRawServer((line) => {
    const socket = line.socket as TLSSocket & { servername: unknown };
    shaken.push({ isResumed: socket.isSessionReused(), servername: socket.servername });
    return say(whole("done", "connection: close\r\n"))(line);
  }, tls));

describe("a certificate that is refused", () => {
  it.each<[string, Certificate, string]>([
    ["for it has run out", EXPIRED, "CERT_HAS_EXPIRED"],
    ["for it is another host's", ELSEWHERE, "ERR_TLS_CERT_ALTNAME_INVALID"],
    ["for nobody vouches for it", STRANGE, "DEPTH_ZERO_SELF_SIGNED_CERT"],
  ])("%s says so, and the host is told nothing", async (_, tls, code) => {
    await opened(tls);
    const { begin } = await askerOf(server);
    await expect(begin({ body: "secret" })).rejects.toMatchObject({ code });
    await eventually(() => server.open === 0);
    expect(server.requests).toBe(0);
  });

  it("is refused again and again: what was shaken before is no proof", async () => {
    await opened(ELSEWHERE);
    const { begin } = await askerOf(server);
    for (const _ of [1, 2, 3])
      await expect(begin()).rejects.toMatchObject({ code: "ERR_TLS_CERT_ALTNAME_INVALID" });
    expect(server.requests).toBe(0);
  });
});

describe("a handshake", () => {
  it("is a short one on the second connection", async () => {
    await opened();
    const { text } = await askerOf(server);
    for (const _ of [1, 2, 3]) expect(await text()).toBe("done");
    expect(shaken.map(({ isResumed }) => isResumed)).toEqual([false, true, true]);
  });

  it("is a short one after callers who left, of whom the host knows nothing", async () => {
    server = await openRawServer((line) => {
      shaken.push({ isResumed: (line.socket as TLSSocket).isSessionReused(), servername: "" });
      return say("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n")(line);
    }, STAND_IN);
    const { begin } = await askerOf(server);
    for (const _ of [1, 2, 3]) {
      const leaving = new AbortController();
      const { body } = await begin({ abortSignal: leaving.signal });
      for await (const _piece of body) break;
      leaving.abort();
      await eventually(() => server.open === 0);
    }
    expect(shaken.map(({ isResumed }) => isResumed)).toEqual([false, true, true]);
  });

  it("asks for HTTP/1.1, by the host's name where it has one", async () => {
    await opened();
    const { text } = await askerOf(server);
    await text();
    const { text: textByName } = await askerOf({ url: server.url.replace("127.0.0.1", "localhost") });
    await textByName();
    expect(shaken.map(({ servername }) => servername)).toEqual([false, "localhost"]);
  });
});
