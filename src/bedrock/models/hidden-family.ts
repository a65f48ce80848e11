import type { Account } from "../clients/account.ts";
import type * as Sdk from "@aws-sdk/client-bedrock";
import type { ClientsOf } from "../clients/accounts.ts";
import type { Clients } from "../clients/clients.ts";
import { loadControlSdk } from "../clients/sdk-control.ts";
import type { ArnKind, ModelArn } from "./arn.ts";
import { parseModelArn } from "./arn.ts";
import { familyOfId, importedFamily } from "./family.ts";

/** A request is not worth more waiting than this: what is not known in time is taken to be able to do everything. */
const PATIENCE_MS = 2_000;

/** Who may call a model may be unable to look it up; that is asked again, but not with every request. */
const REFUSED_MS = 5 * 60_000;

/** AWS was busy or slow: what is wrong then is not to last. */
const PASSING_MS = 10_000;

const MAX_ARNS = 1_000;

/** ARNs lead to ARNs: a deployment to a custom model, and that to its base. */
const MAX_STEPS = 3;

/** One lookup: the next ARN, or the family itself. */
type Look = (
  sdk: typeof Sdk,
  client: Sdk.BedrockClient,
  arn: string,
  signal: AbortSignal,
) => Promise<{ arn?: string | undefined; family?: string | undefined }>;

/** How AWS is asked what is behind an ARN. Source: the `bedrock` service model. */
const LOOKS: Partial<Record<ArnKind, Look>> = {
  "application-inference-profile": async (sdk, client, inferenceProfileIdentifier, abortSignal) => {
    const command = new sdk.GetInferenceProfileCommand({ inferenceProfileIdentifier });
    return { arn: (await client.send(command, { abortSignal })).models?.[0]?.modelArn };
  },
  "provisioned-model": async (sdk, client, provisionedModelId, abortSignal) => {
    const command = new sdk.GetProvisionedModelThroughputCommand({ provisionedModelId });
    return { arn: (await client.send(command, { abortSignal })).foundationModelArn };
  },
  "custom-model-deployment": async (sdk, client, customModelDeploymentIdentifier, abortSignal) => {
    const command = new sdk.GetCustomModelDeploymentCommand({ customModelDeploymentIdentifier });
    return { arn: (await client.send(command, { abortSignal })).modelArn };
  },
  "custom-model": async (sdk, client, modelIdentifier, abortSignal) => {
    const command = new sdk.GetCustomModelCommand({ modelIdentifier });
    return { arn: (await client.send(command, { abortSignal })).baseModelArn };
  },
  "prompt-router": async (sdk, client, promptRouterArn, abortSignal) => {
    const command = new sdk.GetPromptRouterCommand({ promptRouterArn });
    const { models, fallbackModel } = await client.send(command, { abortSignal });
    return { arn: fallbackModel?.modelArn ?? models?.[0]?.modelArn };
  },
  "imported-model": async (sdk, client, modelIdentifier, abortSignal) => {
    const command = new sdk.GetImportedModelCommand({ modelIdentifier });
    const { modelArchitecture, creationTime } = await client.send(command, { abortSignal });
    return { family: bodyOf(modelArchitecture ?? "", creationTime) };
  },
};
LOOKS["default-prompt-router"] = LOOKS["prompt-router"]!;

/** Since then every imported model takes OpenAI's chat body, in its own template. Source: AWS's guide to model import. */
const OPENAI_SINCE = Date.UTC(2025, 10, 11);

/** Older ones know one format: that of their architecture. */
const bodyOf = (architecture: string, created: Date | undefined): string =>
  created && created.getTime() >= OPENAI_SINCE
    ? "imported.openai"
    : importedFamily(architecture, "imported.llama");

const isPassing = (failure: unknown): boolean => {
  const { $metadata } = (failure ?? {}) as { $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  return failure !== undefined && (status === undefined || status === 429 || status >= 500);
};

/** What is taken for an ARN that AWS does not explain. */
const unexplained = ({ kind }: ModelArn): string => (kind === "imported-model" ? "imported.openai" : "");

/** The family behind an ARN; empty where AWS does not tell. Never rejects but for the caller's leaving. */
export type HiddenFamilies = (
  arn: ModelArn,
  text: string,
  signal: AbortSignal,
  account?: Account,
) => Promise<string>;

/** @param now Milliseconds; for tests. */
export function createHiddenFamilies(
  clientsOf: ClientsOf<"control">,
  now: () => number = Date.now,
): HiddenFamilies {
  const known = new Map<string, { family: Promise<string>; until: number }>();

  const ask = async (arn: ModelArn, text: string, key: string, account?: Account): Promise<string> => {
    let failure: unknown;
    try {
      const found = await lookUp(arn, text, clientsOf(account), AbortSignal.timeout(PATIENCE_MS));
      if (found !== undefined) return found;
    } catch (error) {
      // The general case stands; an error in calling the model will say more than one in looking it up.
      failure = error;
    }
    const entry = known.get(key);
    if (entry) entry.until = now() + (isPassing(failure) ? PASSING_MS : REFUSED_MS);
    return unexplained(arn);
  };

  return async (arn, text, signal, account) => {
    if (!LOOKS[arn.kind]) return unexplained(arn);
    // What one account may not look up, another may.
    const key = `${account ?? ""} ${text}`;
    let entry = known.get(key);
    if (!entry || entry.until <= now()) {
      known.delete(key);
      entry = { family: Promise.resolve(""), until: Infinity };
      known.set(key, entry);
      entry.family = ask(arn, text, key, account);
      if (known.size > MAX_ARNS) known.delete(known.keys().next().value!);
    }
    signal.throwIfAborted();
    return entry.family;
  };
}

async function lookUp(
  first: ModelArn,
  text: string,
  clients: Pick<Clients, "control">,
  signal: AbortSignal,
): Promise<string | undefined> {
  const ready = Promise.all([loadControlSdk(), clients.control(first.region)]);
  const [sdk, client] = await within(signal, ready);
  let arn: ModelArn | undefined = first;
  let id = text;
  for (let step = 0; arn && step < MAX_STEPS; step += 1) {
    const look: Look | undefined = LOOKS[arn.kind];
    if (!look) break;
    const { arn: next, family } = await within(signal, look(sdk, client, id, signal));
    if (family !== undefined) return family;
    if (next === undefined) return undefined;
    id = next;
    arn = parseModelArn(next);
  }
  return familyOfId(arn?.name ?? nameIn(id));
}

/** What a global profile leads to has no Region, which is no ARN that could be called. */
const nameIn = (arn: string): string => /^arn:.*:foundation-model\/([^/]+)$/.exec(arn)?.[1] ?? "";

/** The SDK does not stop looking for credentials when the signal fires. */
const within = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
