/** A row of a table: `bulk/ours`. */
export type Place = `${string}/${string}`;

/** How a target's figure is made of medians and ratios. */
export type Figure =
  /** A side's cost over another's, round by round. */
  | { kind: "ratio"; of: Place; over: Place }
  /** The same when the floor, which nobody can do without, is taken from both. */
  | { kind: "net"; of: Place; over: Place; floor: Place }
  /** What a side takes more than another. */
  | { kind: "beyond"; of: Place; over: Place }
  | { kind: "plain"; of: Place };

/** A promise of the project's, which every whole run of the benchmark judges. */
export interface Target {
  number: number;
  says: string;
  figure: Figure;
  most: number;
  unit: string;
  /** Whether it stands in the README. */
  isShort?: true;
}

const TIMES = "×";

const ratio = (of: Place, over: Place): Figure => ({ kind: "ratio", of, over });

/** Ratios are of CPU time where nothing else is said. B1 and B0 are the raw SDK at its best and with its defaults. */
export const TARGETS: readonly Target[] = [
  {
    number: 1,
    says: "2,000 deltas in bulk, SSE bytes out, over B1",
    figure: ratio("bulk/ours", "bulk/b1"),
    most: 0.2,
    unit: TIMES,
    isShort: true,
  },
  {
    number: 1,
    says: "the same over TLS",
    figure: ratio("bulk-tls/ours", "bulk-tls/b1"),
    most: 0.2,
    unit: TIMES,
  },
  {
    number: 2,
    says: "50 streams with 100 deltas a second each, over B1",
    figure: ratio("paced/ours", "paced/b1"),
    most: 0.65,
    unit: TIMES,
    isShort: true,
  },
  {
    number: 2,
    says: "the same, net of a relay of the bytes",
    figure: { kind: "net", of: "paced/ours", over: "paced/b1", floor: "paced/relay" },
    most: 0.4,
    unit: TIMES,
  },
  {
    number: 3,
    says: "the `openai` client of `createBedrockOpenAI`, in bulk, over B1",
    figure: ratio("bulk/openai", "bulk/b1"),
    most: 0.8,
    unit: TIMES,
    isShort: true,
  },
  { number: 3, says: "the same, paced", figure: ratio("paced/openai", "paced/b1"), most: 1, unit: TIMES },
  {
    number: 3,
    says: "an `openai` client of one's own over `createBedrockFetch`, in bulk, over B1",
    figure: ratio("bulk/openai-fetch", "bulk/b1"),
    most: 0.8,
    unit: TIMES,
  },
  {
    number: 3,
    says: "the same, paced",
    figure: ratio("paced/openai-fetch", "paced/b1"),
    most: 1,
    unit: TIMES,
  },
  {
    number: 4,
    says: "our LangChain model in bulk, over ChatBedrockConverse",
    figure: ratio("bulk-clients/langchain", "bulk-clients/converse"),
    most: 0.5,
    unit: TIMES,
    isShort: true,
  },
  {
    number: 4,
    says: "ChatOpenAI over our `fetch` in bulk, over ChatBedrockConverse",
    figure: ratio("bulk-clients/chat-openai", "bulk-clients/converse"),
    most: 0.8,
    unit: TIMES,
  },
  {
    number: 5,
    says: "a whole answer, over B1",
    figure: ratio("chat/ours", "chat/b1"),
    most: 0.5,
    unit: TIMES,
    isShort: true,
  },
  {
    number: 5,
    says: "the same, by `fetch` in the same process",
    figure: ratio("chat/fetch", "chat/b1"),
    most: 0.5,
    unit: TIMES,
  },
  {
    number: 5,
    says: "the same by the SDK's whole stack, over B1",
    figure: ratio("chat/stack", "chat/b1"),
    most: 0.95,
    unit: TIMES,
  },
  {
    number: 5,
    says: "the same by the SDK's whole stack over TLS, over B0",
    figure: ratio("chat-tls/stack", "chat-tls/b0"),
    most: 0.36,
    unit: TIMES,
  },
  {
    number: 6,
    says: "new connections of a warm client, whole answers",
    figure: { kind: "plain", of: "connections/ours-chat-16" },
    most: 0.02,
    unit: "per request",
  },
  {
    number: 6,
    says: "new connections of a warm client, streams",
    figure: { kind: "plain", of: "connections/ours-stream-16" },
    most: 0.02,
    unit: "per request",
  },
  {
    number: 7,
    says: "a stream of 5 deltas over TLS, time to its end, over B1",
    figure: ratio("short-tls/ours", "short-tls/b1"),
    most: 0.8,
    unit: TIMES,
  },
  {
    number: 8,
    says: "500 slow streams, live heap of each",
    figure: { kind: "plain", of: "slow-heap/ours" },
    most: 20,
    unit: "KiB",
    isShort: true,
  },
  {
    number: 8,
    says: "500 slow streams over TLS, RSS over B1",
    figure: ratio("slow-tls-rss/ours", "slow-tls-rss/b1"),
    most: 1,
    unit: TIMES,
  },
  {
    number: 8,
    says: "the same with shared HTTP/2 sessions, RSS of each",
    figure: { kind: "plain", of: "slow-tls-rss/h2" },
    most: 60,
    unit: "KiB",
  },
  {
    number: 8,
    says: "50 paced streams over TLS with shared HTTP/2 sessions, over B1",
    figure: ratio("paced-tls/h2", "paced-tls/b1"),
    most: 0.5,
    unit: TIMES,
  },
  {
    number: 9,
    says: "first answer of a fresh process, beyond B0's",
    figure: { kind: "beyond", of: "start/ours", over: "start/b0" },
    most: 10,
    unit: "ms",
    isShort: true,
  },
  {
    number: 9,
    says: "the same in process, without a `Request`",
    figure: { kind: "beyond", of: "start/in-process", over: "start/b0" },
    most: 10,
    unit: "ms",
  },
  {
    number: 9,
    says: "importing the root",
    figure: { kind: "plain", of: "start/import-ours" },
    most: 8,
    unit: "ms",
  },
  {
    number: 10,
    says: "our code that the root and one adapter read, compressed",
    figure: { kind: "plain", of: "code/express" },
    most: 30,
    unit: "KiB",
    isShort: true,
  },
  {
    number: 11,
    says: "96 embeddings of 1,024 numbers, beyond the SDK's call, float",
    figure: { kind: "beyond", of: "embeddings/ours", over: "embeddings/unread" },
    most: 1,
    unit: "ms",
  },
  {
    number: 11,
    says: "the same, base64",
    figure: { kind: "beyond", of: "embeddings/base64", over: "embeddings/unread" },
    most: 4,
    unit: "ms",
  },
  {
    number: 12,
    says: "an image of 10 MiB, by `fetch` in the same process, over B1",
    figure: ratio("image/fetch", "image/b1"),
    most: 0.75,
    unit: TIMES,
    isShort: true,
  },
  {
    number: 12,
    says: "the same, from a socket",
    figure: ratio("image/pieces", "image/b1"),
    most: 0.75,
    unit: TIMES,
  },
  {
    number: 12,
    says: "the same, RSS at its peak, over B1",
    figure: ratio("image-memory/fetch", "image-memory/b1"),
    most: 1.5,
    unit: TIMES,
  },
  {
    number: 12,
    says: "200 messages and 50 tools, by `fetch`, over B1",
    figure: ratio("agent/fetch", "agent/b1"),
    most: 0.65,
    unit: TIMES,
    isShort: true,
  },
  {
    number: 13,
    says: "`node:http` server, whole answers, over Portkey",
    figure: ratio("server-chat/node", "server-chat/portkey"),
    most: 0.5,
    unit: TIMES,
    isShort: true,
  },
  {
    number: 13,
    says: "`node:http` server, streams in bulk, over Portkey",
    figure: ratio("server-bulk/node", "server-bulk/portkey"),
    most: 0.25,
    unit: TIMES,
    isShort: true,
  },
  {
    number: 13,
    says: "`node:http` server, paced streams, over Portkey",
    figure: ratio("server-paced/node", "server-paced/portkey"),
    most: 0.5,
    unit: TIMES,
  },
  {
    number: 13,
    says: "`node:http` server, RSS of 500 slow streams, over Portkey",
    figure: ratio("server-slow/node", "server-slow/portkey"),
    most: 0.3,
    unit: TIMES,
  },
  {
    number: 14,
    says: "a delta that came in 64 KiB, over one that came in 4 KiB",
    figure: ratio("bulk-reads/64k", "bulk-reads/4k"),
    most: 1.2,
    unit: TIMES,
  },
];
