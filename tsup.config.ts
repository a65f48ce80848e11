import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    express: "adapters/express.ts",
    node: "adapters/node.ts",
    openai: "integrations/openai.ts",
    testing: "src/testing/index.ts",
  },
  format: ["esm"],
  target: "node20",
  platform: "node",
  dts: true,
  // Shared chunks keep one BedrockOpenAIError class across the subpaths.
  splitting: true,
  sourcemap: true,
  clean: true,
});
