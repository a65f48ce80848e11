import { type Channel, channel } from "node:diagnostics_channel";
import { stillOwn } from "../still-own.ts";
import { http } from "./node-http.ts";

/** Of an agent, what Node's types do not know. */
const ofAgent = (agent: object, name: string): unknown => agent[name as keyof object];

const net = process.getBuiltinModule("node:net");

/** What a request by Node's own client passes; the words stand there from Node 20 to 26. */
const PLAIN = [
  stillOwn(() => http.request, "new ClientRequest(url, options, cb)"),
  stillOwn(() => ofAgent(http.Agent.prototype, "addRequest"), "normalizeServerName(options, req)"),
  stillOwn(() => ofAgent(http.Agent.prototype, "createConnection"), "const options = normalized[0]"),
  stillOwn(() => net.connect, "new Socket(options)"),
  stillOwn(() => net.Socket.prototype.connect, "normalizedArgsSymbol"),
];

/** The same with TLS. */
const SECURE = [
  stillOwn(() => process.getBuiltinModule("node:https").request, "ReflectConstruct(ClientRequest, args)"),
  stillOwn(
    () => ofAgent(process.getBuiltinModule("node:https").Agent.prototype, "createConnection"),
    "this._cacheSession(options._agentKey",
  ),
  stillOwn(() => process.getBuiltinModule("node:tls").connect, "new TLSSocket(options.socket"),
];

/** What tools are told by Node's own client of each of its requests. */
const CHANNELS: readonly Channel[] = [
  "http.client.request.created",
  "http.client.request.start",
  "http.client.request.error",
  "http.client.response.finish",
].map((name) => channel(name));

/**
 * Whether nobody watches Node's own client or stands in its place, as those do who trace requests or answer them in tests (nock, msw,
 * OpenTelemetry, agents that monitor). They listen to its channels, or replace what a request passes; some do so while the process
 * runs. What is not known is not Node's own.
 */
export const isUnwatched = (protocol: string): boolean =>
  PLAIN.every((isOwn) => isOwn()) &&
  (protocol !== "https:" || SECURE.every((isOwn) => isOwn())) &&
  !CHANNELS.some(({ hasSubscribers }) => hasSubscribers);
