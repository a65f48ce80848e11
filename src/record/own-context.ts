import { builtin } from "./host.ts";

/** Runs something as a part of the call, in which the app's `AsyncLocalStorage` says whose it is. */
export type OwnContext = (run: () => void) => void;

/** That of whoever calls this now. Sockets close and time passes outside of every call, and may end one. */
export const ownContext = (): OwnContext | undefined =>
  builtin("node:async_hooks")?.AsyncLocalStorage.snapshot?.();
