import type * as Sdk from "@aws-sdk/client-bedrock-runtime";
import { fileURLToPath } from "node:url";
import { named } from "../named.ts";

const { createRequire } = process.getBuiltinModule("node:module");

/** The SDK's client as Node itself finds it. */
export interface SdkClient {
  /** What is loaded for it, imported or required. */
  file: string;
  /** Finds what it is made of where it finds that itself. */
  require: NodeJS.Require;
}

/** The one place that names it to Node, or to a bundler. */
export const importSdkClient = (): Promise<typeof Sdk> => import("@aws-sdk/client-bedrock-runtime");

export const loadSdkClient = async (): Promise<typeof Sdk> => named(await importSdkClient());

/** Whether that asks Node. A bundler, which has the client inside, writes something else in the place of its name. */
export const asksNode = (load: () => unknown): boolean =>
  /\bimport\(["']@aws-sdk\/client-bedrock-runtime|_import__\(["'].*client-bedrock-runtime/.test(String(load));

let found: { client: SdkClient | undefined } | undefined;

/** Undefined where it is not what is imported: in a bundle, of which it is a part, and behind hooks that have something else in its place. */
export const sdkClient = (): SdkClient | undefined => (found ??= { client: find() }).client;

/** Said so, for webpack warns everybody who bundles of a call on `import.meta`. @throws Error in a bundle. */
function locate(): URL {
  const { resolve } = import.meta;
  return new URL(resolve("@aws-sdk/client-bedrock-runtime"));
}

/**
 * Finds what the client is made of, also where something stands in its place: enough for what is the same in every copy.
 * @throws Error in a bundle.
 */
export function sdkRequire(): NodeJS.Require {
  const url = locate();
  url.search = "";
  return createRequire(url);
}

function find(): SdkClient | undefined {
  try {
    const url = locate();
    // Tracers and test doubles that stand between have Node load the client under a name with a query.
    if (url.search || !asksNode(importSdkClient)) return undefined;
    const file = fileURLToPath(url);
    return { file, require: createRequire(file) };
  } catch {
    return undefined;
  }
}
