import { isUnmarked } from "../../still-own.ts";

/** Whether a `send` is the SDK's own. Test doubles and tracers that came first ask no command for its middleware. */
export const isOwnSend = (send: (...given: never[]) => unknown): boolean =>
  isUnmarked(send) && Function.prototype.toString.call(send).includes("resolveMiddleware");
