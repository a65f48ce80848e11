/** What a proxy loads, and whoever watches Node's own client. */
export { createAskByNode } from "../bedrock/transport/by-node/ask-by-node.ts";
export * from "../first-call.ts";
