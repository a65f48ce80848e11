const { createRequire } = process.getBuiltinModule("node:module");

/** The SDK's client as Node's own `require` finds it. */
export interface SdkClient {
  /** What is loaded for it, imported or required. */
  file: string;
  /** Finds what it is made of where it finds that itself. */
  require: NodeJS.Require;
}

let found: { client: SdkClient | undefined } | undefined;

/** Undefined where there is none: in a bundle, of which it is a part. */
export const sdkClient = (): SdkClient | undefined => (found ??= { client: find() }).client;

function find(): SdkClient | undefined {
  try {
    const file = createRequire(import.meta.url).resolve("@aws-sdk/client-bedrock-runtime");
    return { file, require: createRequire(file) };
  } catch {
    return undefined;
  }
}
