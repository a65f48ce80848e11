import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { createBedrockOpenAIHandler } from "../../../src/index.ts";
import { EMULATOR_CREDENTIALS } from "../../../src/testing/index.ts";
import {
  ENHANCE_YOUR_CALM,
  type FrameHost,
  INTERNAL_ERROR,
  type Line,
  NO_ERROR,
  openFrameHost,
  REFUSED_STREAM,
} from "../../support/network/frame-host.ts";
import { trustStandIn } from "../../support/network/http2-host.ts";
import { LATER, saidTo } from "./answers.ts";
import { requestFor } from "./aws.ts";
import { endOf } from "./end-of.ts";
import { type End, everywhere, hasty, midway, type Way, WAYS } from "./fault.ts";
import { nothingLeft } from "./nothing-left.ts";

/** What becomes of connections that calls share: to callers the same as of those of HTTP/1.1. */

const PATHS: Readonly<Record<Way, string>> = {
  whole: "/converse",
  stream: "/converse-stream",
  embeddings: "/invoke",
};

const partsOf = (way: Way): readonly Uint8Array[] => saidTo({ path: PATHS[way] } as never).parts;

const answer = (line: Line, way: Way): void => {
  line.headers();
  for (const part of partsOf(way)) line.data(part);
  line.data("", true);
};
const nothing = (): void => undefined;
const headers = (line: Line): void => line.headers();
const some = (line: Line, way: Way): void => {
  line.headers();
  for (const part of partsOf(way).slice(0, way === "stream" ? LATER : 1)) line.data(part);
};

type Said = (line: Line, way: Way) => void;
type Breaking = (line: Line) => void;

const BREAKS: Readonly<Record<string, Breaking>> = {
  "resets the stream": (line) => line.reset(INTERNAL_ERROR),
  "closes the connection": (line) => void line.socket.end(),
  "breaks the connection": (line) => void line.socket.destroy(),
  "leaves with an error": (line) => line.goAway(1, ENHANCE_YOUR_CALM),
  "leaves, and breaks the connection": (line) => {
    line.goAway(1, NO_ERROR);
    line.socket.destroy();
  },
};

const STAGES: readonly (readonly [name: string, Said, Record<Way, End>])[] = [
  ["before its headers", nothing, everywhere("503 bedrock_unreachable")],
  ["behind its headers", headers, midway("503 bedrock_unreachable", "502 stream_interrupted")],
  ["in the midst", some, midway("503 bedrock_unreachable", "frame stream_interrupted")],
];

const SILENCES: readonly (readonly [name: string, Said, Record<Way, End>])[] = [
  ["before its headers", nothing, everywhere("504 timeout")],
  ["behind its headers", headers, everywhere("504 timeout")],
  ["in the midst", some, midway("504 timeout", "frame timeout")],
];

const FAULTS = [
  ...Object.entries(BREAKS).flatMap(([what, strike]) =>
    STAGES.map(([stage, said, ends]) => ({ what: `${what} ${stage}`, said, strike, ends, options: {} })),
  ),
  ...SILENCES.map(([stage, said, ends]) => ({
    what: `is silent ${stage}`,
    said,
    strike: nothing,
    ends,
    options: hasty(),
  })),
  {
    what: "refuses the stream",
    said: nothing,
    strike: (line: Line) => line.reset(REFUSED_STREAM),
    ends: everywhere("the answer"),
    options: {},
  },
];

const CASES = FAULTS.flatMap((fault) => WAYS.map((way) => ({ ...fault, way })));

let host: FrameHost | undefined;
afterEach(() => host?.close());
beforeAll(async () => {
  trustStandIn();
  // The SDK takes longer to load than the timeouts of some faults.
  expect(await met("whole", answer, nothing)).toEqual(["the answer", "the answer"]);
});

/** The end of a call that meets a fault, and that of the next one. */
async function met(way: Way, said: Said, strike: Breaking, options: object = {}): Promise<End[]> {
  host = await openFrameHost((line) => {
    if (line.request > 0) return answer(line, way);
    said(line, way);
    setTimeout(() => strike(line), 10);
  });
  const handler = createBedrockOpenAIHandler({
    endpoint: `https://127.0.0.1:${host.port}`,
    region: "us-east-1",
    credentials: EMULATOR_CREDENTIALS,
    retries: 0,
    http2: true,
    logger: { error: nothing, warn: nothing },
    ...options,
  });
  const ends = [await endOf(await handler(requestFor(way)))];
  ends.push(await endOf(await handler(requestFor(way))));
  await host.close();
  return ends;
}

describe("a host on whose connection many calls travel", () => {
  it.each(CASES)("$what ($way)", async ({ way, said, strike, ends, options }) => {
    expect(await nothingLeft(() => met(way, said, strike, options))).toEqual([ends[way], "the answer"]);
  });
});
