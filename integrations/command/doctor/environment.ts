import type { BedrockOpenAIOptions, Role } from "../../../src/index.ts";
import type { Told } from "../call-handler.ts";
import { readApiKey } from "./api-key.ts";
import { cureOf, detailOf, NOTHING_FOUND } from "./cures.ts";
import type { Finding } from "./finding.ts";
import { type Signed, signOnce } from "./signed.ts";
import type { Flags, Settings } from "../options-of.ts";
import { saidRegion } from "../said-region.ts";
import type { Io } from "../terminal.ts";

/** What is looked at: the command line, what it comes to, and the environment. */
export interface Patient {
  flags: Flags;
  settings: Pick<Settings, "options" | "isEmulator">;
  environment: Io["environment"];
}

/** Signs where only the Region matters, so that nobody looks for credentials. */
const NOBODY = { accessKeyId: "AKIANOBODY", secretAccessKey: "none" };

/** Which Region is called, and who says so. */
export async function checkRegion(patient: Patient, signal: AbortSignal): Promise<Finding> {
  const { region, profile } = patient.settings.options;
  const only: BedrockOpenAIOptions = {
    credentials: NOBODY,
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
  };
  const found = await signOnce(only, signal);
  if (!("sources" in found)) return failure("Region", found);
  return { check: "Region", level: "ok", detail: `${found.region} (${regionFrom(patient)})` };
}

function regionFrom({ flags, settings: { options, isEmulator }, environment }: Patient): string {
  if (flags.region !== undefined) return "--region";
  if (options.region === undefined)
    return saidRegion(environment)?.variable ?? profileOf({ flags, environment });
  if (environment["AWS_REGION_NAME"] === options.region) return "AWS_REGION_NAME";
  return isEmulator && flags.config === undefined ? "the emulator's" : "the configuration file";
}

const profileOf = ({ flags, environment }: Pick<Patient, "flags" | "environment">): string =>
  `profile '${flags.profile ?? environment["AWS_PROFILE"] ?? "default"}'`;

/** Who calls AWS, as far as the SDK tells; whether AWS takes it shows in the calls. */
export async function checkCredentials(patient: Patient, signal: AbortSignal): Promise<Finding> {
  const { options } = patient.settings;
  const first = await signOnce(options, signal);
  // A Region that is missing, or none, is a finding of its own; any will do for looking.
  const found = isAboutRegion(first) ? await signOnce({ ...options, region: "us-east-1" }, signal) : first;
  if (!("sources" in found)) return withProfile(failure("Credentials", found), patient);
  return found.apiKey === undefined ? signature(found, patient) : apiKey(found.apiKey, patient);
}

/** Where nothing was found, a profile's name is the likeliest to be wrong. */
function withProfile(found: Finding, { settings: { options }, environment }: Patient): Finding {
  const profile = options.profile ?? environment["AWS_PROFILE"];
  if (found.detail !== NOTHING_FOUND || !profile) return found;
  return {
    ...found,
    detail: `The profile '${profile}' was not found or gives no credentials.`,
    cure:
      "Compare its name with `aws configure list-profiles`, or name none (--profile, AWS_PROFILE): beside a profile, keys of " +
      "the environment are not used.",
  };
}

const isAboutRegion = (found: Signed | Told): boolean =>
  "error" in found && (found.error?.code?.startsWith("aws_region_") ?? false);

function signature({ accessKeyId = "", isTemporary, sources }: Signed, patient: Patient): Finding {
  const { environment, settings } = patient;
  const source = SOURCES.find(([letters]) => letters.some((letter) => sources.includes(letter)));
  const found = source?.[1](patient) ?? "the AWS SDK's chain";
  const from = settings.isEmulator ? "the emulator's own" : (roleIn(settings.options) ?? found);
  const until = environment["AWS_CREDENTIAL_EXPIRATION"];
  const parts = [
    `access key …${accessKeyId.slice(-4)}`,
    isTemporary ? "temporary" : "long-term",
    from,
    ...(source?.[0].includes("g") && until ? [`until ${until}`] : []),
  ];
  return { check: "Credentials", level: "ok", detail: `${parts[0]} (${parts.slice(1).join(", ")})` };
}

/** The last of the roles that the options name, without its account. */
function roleIn({ role }: Pick<BedrockOpenAIOptions, "role">): string | undefined {
  const last = [role ?? []].flat().at(-1) as Role | undefined;
  return last && `the role '${last.arn.slice(last.arn.lastIndexOf("/") + 1)}'`;
}

/** The SDK's letters for where credentials came from, the most telling first. Source: `AwsSdkCredentialsFeatures`. */
const SOURCES: readonly (readonly [letters: readonly string[], from: (patient: Patient) => string])[] = [
  [["r", "s", "t", "u"], (patient) => `single sign-on by ${profileOf(patient)}`],
  [["AC", "AD"], (patient) => `\`aws login\` by ${profileOf(patient)}`],
  [["h", "k", "q"], () => "a web identity token"],
  [["v", "w"], (patient) => `credential_process of ${profileOf(patient)}`],
  [["i", "j", "l", "m", "o", "p"], (patient) => `a role assumed by ${profileOf(patient)}`],
  [["z"], () => "the container's role"],
  [["0"], () => "the EC2 instance's role"],
  [["n"], profileOf],
  [["g"], () => "AWS_ACCESS_KEY_ID"],
  [["e"], () => "the configuration file"],
];

function apiKey(key: string, { settings: { options }, environment }: Patient): Finding {
  const { kind, region, expires } = readApiKey(key);
  const from =
    environment["AWS_BEARER_TOKEN_BEDROCK"] === key ? "AWS_BEARER_TOKEN_BEDROCK" : "the configuration file";
  const facts = [
    ...(kind === "unknown" ? [] : [kind]),
    from,
    ...(expires ? [`until ${expires.toISOString()}`] : []),
  ];
  const detail = `Bedrock API key (${facts.join(", ")})`;
  const own = options.region ?? saidRegion(environment)?.region;
  if (expires && expires.getTime() <= Date.now())
    return {
      check: "Credentials",
      level: "failure",
      detail: `${detail}: expired`,
      cure: "Make a new API key.",
    };
  if (region !== undefined && own !== undefined && region !== own) {
    const cure = `Use --region ${region}, or make a key for ${own}.`;
    return { check: "Credentials", level: "failure", detail: `${detail}: good in ${region} only`, cure };
  }
  return { check: "Credentials", level: "ok", detail };
}

function failure(check: string, told: Told): Finding {
  const cure = cureOf(told);
  return { check, level: "failure", detail: detailOf(told), ...(cure !== undefined && { cure }) };
}

/** What may be in the way where AWS cannot be reached; undefined where no proxy is named. */
export function checkProxy({ environment }: Pick<Patient, "environment">): Finding | undefined {
  const name = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"].find((each) => environment[each]);
  if (name === undefined) return undefined;
  return {
    check: "Proxy",
    level: "warning",
    detail: `${name} is set, and AWS is called through it.`,
    cure: "Check that this proxy reaches AWS, or name AWS's hosts in NO_PROXY; `proxy` in the configuration file comes first.",
  };
}
