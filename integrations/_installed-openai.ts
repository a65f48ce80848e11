import { createRequire } from "node:module";
import type { OpenAI } from "openai";

/**
 * The `openai` package as the program itself has it, so that `instanceof` holds: what was required already, else what
 * `import` gives.
 * @throws Error one sentence that names what to install.
 */
export function installedOpenAI(): typeof OpenAI {
  try {
    const require = createRequire(import.meta.url);
    const isRequired = require.resolve("openai") in require.cache;
    const installed = require(isRequired ? "openai" : "openai/index.mjs") as { OpenAI: typeof OpenAI };
    return installed.OpenAI;
  } catch (cause) {
    throw new Error(
      "bedrock-openai: createBedrockOpenAI() found no 'openai' package: `npm install openai`, or, in a bundle, pass its " +
        "class, `createBedrockOpenAI(OpenAI, options)`.",
      { cause },
    );
  }
}
