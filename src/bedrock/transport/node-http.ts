/**
 * `node:http` as it is. An `import` of it reads all that it exports, and behind its `WebSocket` stands the whole of Node's
 * `fetch`: 8 ms of a process's first answer, for nothing where no `Request` is made.
 */
export const http = process.getBuiltinModule("node:http");
