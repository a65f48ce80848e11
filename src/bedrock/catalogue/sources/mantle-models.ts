import { BedrockOpenAIError } from "../../../errors.ts";
import { nativeModelOf } from "../../models/native-models.ts";
import type { Found } from "../found.ts";
import type { Source } from "../source.ts";

/** A row of mantle's list. Source: AWS's guide to `bedrock-mantle`, `GET /v1/models`. */
export interface MantleModel {
  id: string;
  /** Unix seconds. */
  created?: number;
  status?: string;
}

/** What `bedrock-mantle` serves, by bare id. The SDK has no operation for it. */
export const mantleModels = (get: (path: string, signal: AbortSignal) => Promise<unknown>): Source => ({
  action: "bedrock-mantle:ListModels",
  ask: async (signal) => {
    try {
      return rows(await get("/v1/models", signal)).map(toFound);
    } catch (thrown) {
      if (isHostless(thrown)) return [];
      throw thrown;
    }
  },
});

/** Where there is no mantle, as in a partition without one or with FIPS, its list is not missing. */
const isHostless = (thrown: unknown): boolean =>
  BedrockOpenAIError.isInstance(thrown) && thrown.code === "model_not_found";

function rows(answer: unknown): MantleModel[] {
  const data = (answer as { data?: unknown } | null)?.data;
  if (!Array.isArray(data)) throw new TypeError("What bedrock-mantle answered is not a list of models.");
  return data.filter((row: Partial<MantleModel> | null) => typeof row?.id === "string") as MantleModel[];
}

/** Ids that mean mantle by themselves stay bare; for the others its name is the way there. */
function toFound({ id, created, status }: MantleModel): Found {
  return {
    id: nativeModelOf(id)?.host === "mantle" ? id : `mantle/${id}`,
    type: "mantle-model",
    baseModel: id,
    ...(typeof created === "number" && { created: new Date(created * 1000) }),
    regions: [],
    callable: (status ?? "available") === "available",
  };
}
