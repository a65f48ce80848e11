/** What the option `http2` loads. */
export { createSharedHandler } from "../bedrock/transport/http2/shared-handler.ts";
export * from "../first-call.ts";
