import type { BedrockOpenAIOptions, ModelEntry } from "../../../src/index.ts";
import { checkCredentials, type Patient } from "./environment.ts";
import type { Finding } from "./finding.ts";

/** Each of them says who calls, in the place of what the options say. */
const IDENTITY = ["credentials", "profile", "apiKey", "webIdentityToken"] as const;

/** An entry of `models` with access of its own, as the options that it comes to. */
interface OwnAccess {
  name: string;
  options: BedrockOpenAIOptions;
}

/** Those that call AWS as somebody else, each access once, under the first name that has it. */
export function ownAccess(options: BedrockOpenAIOptions): readonly OwnAccess[] {
  const found = new Map<string, OwnAccess>();
  for (const [name, entry] of Object.entries(options.models ?? {})) {
    if (typeof entry === "string" || entry.url !== undefined || !isOwn(entry)) continue;
    const own = optionsOf(entry, options);
    const { credentials, profile, apiKey, role, webIdentityToken } = own;
    const key = JSON.stringify([credentials, profile, apiKey, role, webIdentityToken]);
    if (!found.has(key)) found.set(key, { name, options: own });
  }
  return [...found.values()];
}

const saysWhoCalls = (entry: ModelEntry): boolean => IDENTITY.some((member) => entry[member] !== undefined);

const isOwn = (entry: ModelEntry): boolean => saysWhoCalls(entry) || entry.role !== undefined;

function optionsOf(entry: ModelEntry, options: BedrockOpenAIOptions): BedrockOpenAIOptions {
  const others = { ...options };
  if (saysWhoCalls(entry)) for (const member of [...IDENTITY, "role"] as const) delete others[member];
  const { credentials, profile, apiKey, webIdentityToken, role, region } = entry;
  return {
    ...others,
    ...(credentials && { credentials }),
    ...(profile && { profile }),
    ...(apiKey && { apiKey }),
    ...(webIdentityToken && { webIdentityToken }),
    ...(role && { role }),
    ...(region && { region }),
  };
}

/** Who calls for an entry, as far as the SDK tells: a role is taken on for it. Others work without it. */
export async function checkEntry(
  { name, options }: OwnAccess,
  patient: Patient,
  signal: AbortSignal,
): Promise<Finding> {
  const settings = { ...patient.settings, options };
  const found = await checkCredentials({ ...patient, settings }, signal);
  return {
    ...found,
    check: "Entry",
    detail: `'${name}': ${found.detail}`,
    level: found.level === "failure" ? "warning" : found.level,
  };
}
