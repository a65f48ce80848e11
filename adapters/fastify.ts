import type { IncomingMessage } from "node:http";
import type { BedrockOpenAIHandler, BedrockOpenAIOptions } from "../src/index.ts";
import { toHandler, withoutMount } from "./_handler.ts";
import { keepVary, tellHeaders } from "./_headers.ts";
import { ask, type NodeContext } from "./_node.ts";
import { leaveUnread } from "./_unread.ts";

/** The handler's options, or a handler that several mounts share; Fastify's own `prefix` beside them. */
export type FastifyOptions = { prefix?: string } & (
  | (BedrockOpenAIOptions & { handler?: never })
  | { handler: BedrockOpenAIHandler }
);

/** What `authorize(request, context)` gets; with your types `context as FastifyContext<FastifyRequest, FastifyReply>`. */
export interface FastifyContext<Request = CalledRequest, Reply = CalledReply> {
  request: Request;
  reply: Reply;
}

/** What is used of Fastify's request. */
export interface CalledRequest {
  readonly raw: NodeContext["req"];
  body: unknown;
}

/** What is used of Fastify's reply. */
export interface CalledReply {
  readonly raw: NodeContext["res"];
  code(status: number): unknown;
  getHeader(name: string): unknown;
  header(name: string, value: string): unknown;
  send(payload: unknown): unknown;
}

/** What is used of a Fastify instance, on HTTP/1 and HTTP/2. */
export interface FastifyApp {
  removeAllContentTypeParsers(): unknown;
  addContentTypeParser(type: string, parser: BodyTaker): unknown;
  route(route: FastifyRoute): unknown;
}

type BodyTaker = (request: CalledRequest, payload: IncomingMessage, done: BodyTaken) => void;
type BodyTaken = (error: null, body: unknown) => void;

interface FastifyRoute {
  method: string[];
  url: string;
  bodyLimit: number;
  handler(request: CalledRequest, reply: CalledReply): Promise<unknown>;
}

/** What Fastify's `register` reads, and `handler`. */
const OF_THE_MOUNT = ["prefix", "logLevel", "logSerializers", "handler"];

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/**
 * Fastify plugin: `app.register(bedrockOpenAI, { prefix: '/v1' })`, with a handler that several mounts share
 * `app.register(bedrockOpenAI, { prefix: '/v1', handler })`. The app's hooks run and its headers stay; its body parsers and
 * `bodyLimit` do not count here, `maxBodyBytes` does. What goes wrong outside of a call goes to `setErrorHandler`. Not to
 * be wrapped in `fastify-plugin`: the whole app would then lose its body parsers.
 */
export async function bedrockOpenAI(app: FastifyApp, options: FastifyOptions): Promise<void> {
  const handler = toHandler(options.handler ?? withoutMount(options, OF_THE_MOUNT));
  app.removeAllContentTypeParsers();
  // The stream as it is, or as a `preParsing` hook has unpacked it.
  app.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
  app.route({
    method: METHODS,
    url: "/*",
    bodyLimit: Number.MAX_SAFE_INTEGER,
    async handler(request, reply) {
      const call = { req: request.raw, res: reply.raw, source: sourceOf(request) };
      const answer = await ask(handler, call, { request, reply } satisfies FastifyContext);
      keepVary(answer, reply.getHeader("vary"));
      reply.code(answer.status);
      tellHeaders(answer, (name, value) => reply.header(name, value));
      const { body } = answer;
      // A hook that fails, or sends something else in its place, leaves it unread.
      reply.raw.once("close", () => leaveUnread(body));
      return reply.send(body ?? undefined);
    },
  });
}

/** A request without a body has no parser. */
const sourceOf = ({ body, raw }: CalledRequest): IncomingMessage =>
  typeof (body as Partial<IncomingMessage> | null | undefined)?.pipe === "function"
    ? (body as IncomingMessage)
    : raw;
