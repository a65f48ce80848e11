import { expect, it } from "vitest";
import { asksNode, importSdkClient, sdkClient } from "../../../../src/bedrock/clients/sdk-client.ts";

it("the SDK's client is found where it is imported from", () => {
  expect(asksNode(importSdkClient)).toBe(true);
  expect(sdkClient()?.file).toMatch(/client-bedrock-runtime[\\/]dist-cjs[\\/]index\.js$/);
});

/** Functions whose text is what a bundler makes of `() => import("@aws-sdk/client-bedrock-runtime")`. */
const written = (text: string) => Object.assign(() => undefined, { toString: () => text });

it.each([
  ["esbuild", "() => Promise.resolve().then(() => (init_dist_cjs(), dist_cjs_exports))"],
  ["esbuild, in chunks", '() => import("./dist-cjs-KOZKI2JG.js")'],
  ["Rollup", "() => import('./client-bedrock-runtime-CqzXk0Lw.js')"],
  [
    "webpack",
    '() => __webpack_require__.e(/*! import() */ "vendors").then(__webpack_require__.bind(__webpack_require__, /*! @aws-sdk/client-bedrock-runtime */ "./node_modules/@aws-sdk/client-bedrock-runtime/dist-es/index.js"))',
  ],
  [
    "Turbopack",
    '() => __turbopack_context__.A("[project]/node_modules/@aws-sdk/client-bedrock-runtime/dist-es/index.js [app-route] (ecmascript, async loader)")',
  ],
])("a client in a bundle is none that Node finds: %s", (_, text) => {
  expect(asksNode(written(text))).toBe(false);
});

it.each(['()=>import("@aws-sdk/client-bedrock-runtime")', "() => import('@aws-sdk/client-bedrock-runtime')"])(
  "a bundle may leave it to Node: %s",
  (text) => expect(asksNode(written(text))).toBe(true),
);
