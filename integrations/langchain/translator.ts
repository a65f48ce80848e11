import { blocksOf } from "./blocks.ts";
import { MODEL_PROVIDER } from "./told.ts";

/** How LangChain reads a provider's messages as content blocks, by `response_metadata.model_provider`. */
interface Translator {
  translateContent: typeof blocksOf;
  translateContentChunk: typeof blocksOf;
}

/**
 * Lets `message.contentBlocks` tell thoughts and citations that stand beside the content. LangChain shares this registry
 * among its copies and offers no function to add to it; without it the blocks are those of the content alone.
 */
export function registerTranslator(): void {
  const { lc_block_translators_registry: registry } = globalThis as {
    lc_block_translators_registry?: Map<string, Translator>;
  };
  registry?.set(MODEL_PROVIDER, { translateContent: blocksOf, translateContentChunk: blocksOf });
}
