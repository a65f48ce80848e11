import type { BedrockOpenAIOptions } from "../../options.ts";
import type { Role } from "../clients/identity.ts";

/** One or several, as a list. */
export const rolesIn = (role: BedrockOpenAIOptions["role"] = []): readonly Role[] =>
  Array.isArray(role) ? (role as readonly Role[]) : [role as Role];
