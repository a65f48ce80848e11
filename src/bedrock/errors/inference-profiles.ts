import type { Awaitable } from "../../awaitable.ts";
import type { BedrockClient } from "@aws-sdk/client-bedrock";
import { loadControlSdk } from "../clients/sdk-control.ts";

/** A hint is not worth more of the caller's time than this. */
const PATIENCE_MS = 2_000;

const GEO_PREFIXES = ["us", "eu", "apac", "global"] as const;

/** Profile ids that may exist for a base model id, worded as a choice. */
export const suggestProfiles = (modelId: string): string =>
  `${quoted(GEO_PREFIXES.map((prefix) => `${prefix}.${modelId}`))} (whichever covers your Region)`;

/**
 * The ids of this Region's inference profiles that contain a base model, or none when AWS does not tell in time or
 * refuses to.
 */
export async function findProfiles(
  control: () => Awaitable<BedrockClient>,
  modelId: string,
): Promise<string[]> {
  try {
    const { paginateListInferenceProfiles } = await loadControlSdk();
    const client = await control();
    const found: string[] = [];
    const pages = paginateListInferenceProfiles(
      { client, pageSize: 1000 },
      { typeEquals: "SYSTEM_DEFINED" },
      { abortSignal: AbortSignal.timeout(PATIENCE_MS) },
    );
    for await (const page of pages) {
      for (const { inferenceProfileId, models } of page.inferenceProfileSummaries ?? []) {
        const serves = models?.some(({ modelArn }) => modelArn?.endsWith(`/${modelId}`));
        if (inferenceProfileId && serves) found.push(inferenceProfileId);
      }
    }
    return found;
  } catch {
    // The identity may call models but not list them; the general suggestion stands.
    return [];
  }
}

export const quoted = (ids: readonly string[]): string => ids.map((id) => `'${id}'`).join(", ");
