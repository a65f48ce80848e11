import { stillOwn } from "../../still-own.ts";
import { sdkClient } from "../sdk-client.ts";

/** What Node keeps to itself, and others change nevertheless. Other runtimes may have none of it. */
interface Internals {
  _cache?: Record<string, unknown>;
  _load?: unknown;
  prototype?: { require?: unknown; _compile?: unknown };
}

const Module = process.getBuiltinModule("node:module") as unknown as Internals;

/** A word that stands in Node's own way of loading, and in nothing that somebody has put in its place. */
const WAYS = [
  stillOwn(() => Module.prototype?.require, "requireDepth"),
  stillOwn(() => Module._load, "relResolveCacheIdentifier"),
  stillOwn(() => Module.prototype?._compile, "wrapSafe"),
];

/** Left by OpenTelemetry's API and by Datadog's tracer where an app has set them up. */
const TRACERS = ["opentelemetry.js.api.1", "dd-trace"].map((name) => Symbol.for(name));

/** Test runners, or what is used with them, have registries of modules of their own, which hold their doubles of the SDK's client. */
const isTested =
  ["VITEST", "JEST_WORKER_ID", "NODE_TEST_CONTEXT", "AVA_PATH"].some((name) => name in process.env) ||
  "describe" in globalThis;

/**
 * Whether nobody can have put himself around the SDK's client: it is not loaded, so that it can be neither doubled nor wrapped, and nobody waits
 * for it to be, as tracers do. They may come before any call.
 */
export function isUntouched(): boolean {
  const client = sdkClient();
  return (
    client !== undefined &&
    !isTested &&
    !hasBeenLoaded(client.file) &&
    WAYS.every((isStill) => isStill()) &&
    !TRACERS.some((name) => name in globalThis)
  );
}

let isLoaded = false;

/** What is taken out of the cache again, as reloading does it, is still held by whoever has it. */
const hasBeenLoaded = (file: string): boolean => (isLoaded ||= file in (Module._cache ?? {}));
