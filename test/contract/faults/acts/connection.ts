import { everywhere, type Fault, hasty, midway } from "../fault.ts";
import { after, answer, close, headers, nothing, reset, says, silence, some } from "./say.ts";

const GONE = everywhere("503 bedrock_unreachable");
const LATE = everywhere("504 timeout");
const LOST = midway("503 bedrock_unreachable", "502 stream_interrupted");
const BROKEN = midway("503 bedrock_unreachable", "frame stream_interrupted");

/** What becomes of connections. */
export const CONNECTION_FAULTS: readonly Fault[] = [
  {
    what: "refuses the connection",
    act: answer,
    // Nobody may listen there.
    options: () => ({ endpoint: "http://127.0.0.1:1" }),
    ends: GONE,
  },
  {
    what: "has a host name that nobody knows",
    act: answer,
    options: () => ({ endpoint: "http://bedrock.invalid" }),
    ends: GONE,
  },
  { what: "resets the connection before its headers", act: after(nothing, reset), ends: GONE },
  { what: "closes the connection before its headers", act: after(nothing, close), ends: GONE },
  {
    what: "closes it in the midst of its headers",
    act: after(async ({ socket, uploaded }) => {
      await uploaded;
      socket.write("HTTP/1.1 200 OK\r\ncontent-ty");
    }, close),
    ends: GONE,
  },
  { what: "resets the connection behind its headers", act: after(headers, reset), ends: LOST },
  { what: "closes the connection behind its headers", act: after(headers, close), ends: LOST },
  { what: "resets the connection in the midst", act: after(some, reset), ends: BROKEN },
  { what: "closes the connection in the midst", act: after(some, close), ends: BROKEN },
  { what: "is silent before its headers", act: after(nothing, silence), options: hasty, ends: LATE },
  { what: "is silent behind its headers", act: after(headers, silence), options: hasty, ends: LATE },
  {
    what: "falls silent in the midst",
    act: after(some, silence),
    options: hasty,
    ends: midway("504 timeout", "frame timeout"),
  },
  {
    what: "answers what is not HTTP",
    act: after(nothing, ({ socket }) => void socket.end("SSH-2.0-x\r\n")),
    ends: GONE,
  },
  {
    what: "announces two lengths",
    act: says("200 OK", { "content-length": 5, "Content-Length": 7 }, "{}   "),
    ends: GONE,
  },
  {
    what: "has headers without end",
    act: says("200 OK", { "x-long": "x".repeat(100_000) }),
    ends: GONE,
  },
  { what: "has a certificate that nobody vouches for", act: answer, tls: true, lasts: true, ends: GONE },
  {
    what: "speaks TLS where it should not",
    act: answer,
    tls: true,
    options: (url) => ({ endpoint: url.replace("https:", "http:") }),
    ends: GONE,
  },
  {
    what: "never finishes the TLS handshake",
    act: answer,
    options: (url) => ({ ...hasty(), endpoint: url.replace("http:", "https:") }),
    ends: LATE,
  },
];
