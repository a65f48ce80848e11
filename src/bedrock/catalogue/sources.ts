import type { Clients } from "../clients/clients.ts";
import type { Courier } from "../courier/courier.ts";
import { readText } from "../courier/read-text.ts";
import { type Listing, type Source, toSource } from "./source.ts";
import { customModelDeployments } from "./sources/custom-model-deployments.ts";
import { foundationModels } from "./sources/foundation-models.ts";
import { importedModels } from "./sources/imported-models.ts";
import { applicationProfiles, systemProfiles } from "./sources/inference-profiles.ts";
import { mantleModels } from "./sources/mantle-models.ts";
import { marketplaceEndpoints } from "./sources/marketplace-endpoints.ts";
import { promptRouters } from "./sources/prompt-routers.ts";
import { provisionedModels } from "./sources/provisioned-models.ts";

/** Of two rows with one id the first counts. */
const LISTINGS: readonly Listing[] = [
  foundationModels,
  systemProfiles,
  applicationProfiles,
  importedModels,
  customModelDeployments,
  provisionedModels,
  promptRouters,
  marketplaceEndpoints,
];

/** Every list that AWS keeps of what can be called. */
export const createSources = (clients: Pick<Clients, "control">, courier: Courier): readonly Source[] => [
  ...LISTINGS.map((listing) => toSource(listing, clients)),
  mantleModels(async (path, signal) => {
    const to = { host: "mantle", method: "GET", path } as const;
    const { body } = await courier({ operation: "InvokeModel", modelId: "models", to, signal });
    return JSON.parse(await readText(body));
  }),
];
