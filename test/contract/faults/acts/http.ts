import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { Act, Line } from "../../../support/raw-server.ts";
import { chunk, head, isStream, LAST_CHUNK, saidTo } from "../answers.ts";
import { type End, everywhere, type Fault, type Way } from "../fault.ts";
import { answer, says } from "./say.ts";

const HTML = "<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>";
const JSON_TYPE = { "content-type": "application/json" };
const HTML_TYPE = { "content-type": "text/html" };

/** No answer at all, which a stream has announced and a whole answer should have been. */
const EMPTY: Record<Way, End> = { ...everywhere("502 empty_response"), stream: "502 stream_interrupted" };
const UNREACHABLE = everywhere("503 bedrock_unreachable");
const REDIRECTED = everywhere("502 bedrock_redirected");
const ENCODED = everywhere("502 encoded_response");
const ANSWER = everywhere("the answer");

/** The whole body at once, under headers that go with it. */
const framed =
  (headersOf: (body: Buffer, line: Line) => Record<string, string | number>, version = "HTTP/1.1"): Act =>
  async (line) => {
    await line.uploaded;
    const { type, parts } = saidTo(line);
    const body = Buffer.concat(parts);
    line.socket.write(
      head("200 OK", { "content-type": type, ...headersOf(body, line) }).replace("HTTP/1.1", version),
    );
    line.socket.end(body);
    return false;
  };

/** Whoever does not want to read it has to leave: it does not end. */
const encoded =
  (encoding: string, encode: (body: Buffer) => Buffer): Act =>
  async (line) => {
    const { socket, uploaded } = line;
    await uploaded;
    const { type, parts } = saidTo(line);
    const headers = { "content-type": type, "content-encoding": encoding, "transfer-encoding": "chunked" };
    socket.write(head("200 OK", headers));
    socket.write(chunk(encode(Buffer.concat(parts))));
    return false;
  };

const cutTo =
  (parts: number): Act =>
  async (line) => {
    await line.uploaded;
    const { type, parts: all } = saidTo(line);
    return says("200 OK", { "content-type": type }, Buffer.concat(all.slice(0, parts)))(line);
  };

const redirect = (status: string): Fault => ({
  what: `redirects (${status.slice(0, 3)})`,
  act: says(status, { location: "/model/elsewhere/converse" }),
  ends: REDIRECTED,
});

/** What statuses and bodies say. */
export const BODY_FAULTS: readonly Fault[] = [
  {
    what: "answers 503 with HTML",
    act: says("503 Busy", HTML_TYPE, HTML),
    ends: everywhere("503 service_unavailable"),
  },
  {
    what: "answers 502 with HTML",
    act: says("502 Bad", HTML_TYPE, HTML),
    ends: everywhere("503 service_unavailable"),
  },
  {
    what: "answers 429 with HTML",
    act: says("429 Slow", HTML_TYPE, HTML),
    ends: everywhere("429 rate_limit_exceeded"),
  },
  {
    what: "answers 403 with HTML",
    act: says("403 No", HTML_TYPE, HTML),
    ends: everywhere("403 model_not_available"),
  },
  {
    what: "answers 403 with nothing",
    act: says("403 No", JSON_TYPE),
    ends: everywhere("403 model_not_available"),
  },
  {
    what: "answers 400 with `{}`",
    act: says("400 No", JSON_TYPE, "{}"),
    ends: everywhere("400 invalid_request_error"),
  },
  {
    what: "answers 500 with `{}`",
    act: says("500 No", JSON_TYPE, "{}"),
    ends: everywhere("500 server_error"),
  },
  { what: "answers 500 with nothing", act: says("500 No", {}), ends: everywhere("500 server_error") },
  { what: "answers 200 with nothing", act: says("200 OK", JSON_TYPE), ends: EMPTY },
  { what: "answers 204", act: says("204 No Content", {}), ends: EMPTY },
  { what: "answers 200 with `{}`", act: says("200 OK", JSON_TYPE, "{}"), ends: EMPTY },
  { what: "answers 200 with `null`", act: says("200 OK", JSON_TYPE, "null"), ends: EMPTY },
  { what: "answers 200 with HTML", act: says("200 OK", HTML_TYPE, HTML), ends: EMPTY },
  {
    what: "answers 200 without output",
    act: says(
      "200 OK",
      JSON_TYPE,
      '{"stopReason":"end_turn","usage":{"inputTokens":1,"outputTokens":1,"totalTokens":2}}',
    ),
    ends: EMPTY,
  },
  {
    what: "answers with the half of a body that looks whole",
    act: cutTo(1),
    ends: EMPTY,
  },
  redirect("301 Moved Permanently"),
  redirect("302 Found"),
  redirect("307 Temporary Redirect"),
  { what: "compresses its answer unasked (gzip)", act: encoded("gzip", gzipSync), ends: ENCODED },
  { what: "compresses its answer unasked (deflate)", act: encoded("deflate", deflateSync), ends: ENCODED },
  { what: "compresses its answer unasked (br)", act: encoded("br", brotliCompressSync), ends: ENCODED },
];

/** What HTTP itself allows, or does not. */
export const HTTP_FAULTS: readonly Fault[] = [
  {
    what: "answers with another content type",
    act: framed((body) => ({ "content-type": "text/plain", "content-length": body.length })),
    ends: ANSWER,
  },
  {
    what: "names the encoding `identity`",
    act: framed((body) => ({ "content-encoding": "identity", "content-length": body.length })),
    ends: ANSWER,
  },
  { what: "ends its answer by closing the connection", act: framed(() => ({})), ends: ANSWER },
  { what: "speaks HTTP/1.0", act: framed(() => ({}), "HTTP/1.0"), ends: ANSWER },
  {
    what: "closes the connection right behind its answer",
    act: framed((body) => ({ "content-length": body.length })),
    ends: ANSWER,
  },
  {
    what: "says 100 Continue and 103 Early Hints first",
    act: async (line) => {
      await line.uploaded;
      line.socket.write(head("100 Continue") + head("103 Early Hints", { link: "</x>" }));
      return answer(line);
    },
    ends: ANSWER,
  },
  {
    what: "sends chunks of odd sizes, with extensions and a trailer",
    act: async (line) => {
      await line.uploaded;
      const { type, parts } = saidTo(line);
      const body = Buffer.concat(parts);
      line.socket.write(
        head("200 OK", { "content-type": type, "transfer-encoding": "chunked", trailer: "x-sum" }),
      );
      for (let at = 0, size = 1; at < body.length; at += size, size = (size * 7) % 61) {
        const piece = body.subarray(at, at + size);
        line.socket.write(
          Buffer.concat([Buffer.from(`${piece.length.toString(16)};n=1\r\n`), piece, Buffer.from("\r\n")]),
        );
      }
      line.socket.write(LAST_CHUNK.replace("\r\n\r\n", "\r\nx-sum: 1\r\n\r\n"));
      return true;
    },
    ends: ANSWER,
  },
  {
    what: "announces more than it sends",
    act: framed((body) => ({ "content-length": body.length + 10 })),
    // Of a stream everything that counts has come.
    ends: { ...UNREACHABLE, stream: "frame stream_interrupted" },
  },
  {
    what: "sends more than it announces",
    act: framed((body, line) => ({ "content-length": body.length - (isStream(line) ? 300 : 20) })),
    ends: { ...everywhere("502 empty_response"), stream: "frame stream_interrupted" },
  },
  {
    what: "switches to another protocol",
    act: says("101 Switching Protocols", { connection: "upgrade", upgrade: "websocket" }),
    ends: UNREACHABLE,
  },
];
