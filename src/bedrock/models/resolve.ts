import type { Account } from "../clients/account.ts";
import type { Traits } from "../../conversation/traits.ts";
import type { Dialect } from "../../dialects/dialect.ts";
import { overrideOf, type TraitOverrides, traitsOf } from "../traits/traits.ts";
import { aliasOf, type ModelAliases, type ModelEntry, withOwn } from "./aliases.ts";
import { unknownModel } from "../errors/model-not-found.ts";
import { familyOf, importedFamily, withoutGeo } from "./family.ts";
import type { ArnKind } from "./arn.ts";
import { type ModelName, parseModelName } from "./model-name.ts";
import { nativeModelOf, namedNativeModel, type NativeModel } from "./native-models.ts";
import type { Place, SurfaceName, Target } from "./target.ts";

/** What the operator says of models. */
export interface ModelOptions {
  models?: ModelAliases;
  traits?: TraitOverrides;
}

/** A caller's words for a model. */
export interface AskedModel {
  model: string;
  /** Id or ARN for the URL, where `model` only says what it is. */
  modelId?: string | undefined;
  /** A text is to be continued, not a conversation answered. */
  completes?: boolean;
  /** What is to be said of it for this call alone, over whatever the operator says of the name. */
  own?: ModelEntry | undefined;
  /** The names that its caller may hear of. Default: all. */
  mayHear?: Target["mayHear"];
}

/** What is known of a model string without asking AWS. */
export interface Named {
  entry: ModelEntry;
  name: ModelName;
  /** What goes into the URL. */
  place: ModelName;
  /** Undefined where an ARN hides it. */
  family: string | undefined;
  region: string | undefined;
  /** By whose access; undefined for that of the options. */
  account: Account | undefined;
  completes: boolean;
}

/** Whose access an entry is called with; `own` is what of it is said for a call alone. */
export type AccountOf = (entry: ModelEntry, own?: ModelEntry) => Account | undefined;

/** @throws BedrockOpenAIError 404 for what cannot be the name of a model. */
export function nameModel(
  { model, modelId, completes = false, own }: AskedModel,
  aliases?: ModelAliases,
  accountOf: AccountOf = () => undefined,
): Named {
  const entry = withOwn(aliasOf(model, aliases), own);
  const id = entry.modelId ?? modelId;
  const given = id === undefined ? undefined : parse(id, entry.modelId === undefined ? id : model);
  // An operator who says where it is may call it as he likes.
  const name = readName(entry.model ?? model, entry) ?? (entry.modelId === undefined ? undefined : given);
  if (!name) throw unknownModel(model, NOT_SERVED.exec(model)?.[1] ? ELSEWHERE : "");
  const place = given ?? name;
  return {
    entry,
    name,
    place,
    family: saidFamily(entry, place) ?? familyOf(name) ?? familyOf(place),
    account: accountOf(entry, own),
    completes,
    region: entry.region ?? name.region ?? place.region ?? place.arn?.region ?? name.arn?.region,
  };
}

function saidFamily({ family }: ModelEntry, { arn }: ModelName): string | undefined {
  if (family === undefined) return undefined;
  return arn?.kind === "imported-model" ? importedFamily(family) : withoutGeo(family);
}

/** LiteLLM's words for what is no model of this API's. */
const NOT_SERVED = /^(?:bedrock\/)?(agent|agentcore|async_invoke|claude_platform)\//;
const ELSEWHERE = "Agents, asynchronous invocations and Anthropic's own platform are not served here.";

const surfaceOf = ({ surface, url }: ModelEntry): SurfaceName | undefined =>
  surface ?? (url === undefined ? undefined : "converse-like");

/** A server of the operator's own names its models as it likes. */
const readName = (text: string, entry: ModelEntry): ModelName | undefined =>
  parseModelName(text) ??
  (surfaceOf(entry) === "converse-like" ? parseModelName(`converse_like/${text}`) : undefined);

function parse(text: string, asked: string): ModelName {
  const name = parseModelName(text);
  if (!name) throw unknownModel(asked);
  return name;
}

/** Where a model is that does not converse. @throws BedrockOpenAIError 404 for a way that leads only to those that do. */
export function toPlace(named: Named, family: string): Place {
  const { entry, name, place, region, account } = named;
  const way = surfaceOf(entry) ?? name.route;
  if (way === "converse-like" || way === "mantle")
    throw unknownModel(place.id, "Only models that converse are served there.");
  return { modelId: place.id, family, region, account, invokes: way === "invoke" };
}

/** Families that Converse has never served, or only as a single question. */
const INVOKE_ONLY = /^(amazon\.titan-t|cohere\.command|ai21\.j2|twelvelabs\.pegasus|imported\.)/;

interface Way {
  surface: SurfaceName;
  native?: NativeModel;
  takesMessages?: true;
}

/** What speaks Anthropic's Messages. */
const CLAUDE = /^anthropic\.claude-(?!v\d|instant)/;

/** ARNs that stand for one model and nothing of its own: no router, managed prompt or endpoint. */
const OF_ONE_MODEL: ReadonlySet<string> = new Set<ArnKind>([
  "foundation-model",
  "inference-profile",
  "application-inference-profile",
  "provisioned-model",
  "custom-model-deployment",
]);

const takesMessages = ({ place: { arn } }: Named, family: string): boolean =>
  CLAUDE.test(family) && (!arn || OF_ONE_MODEL.has(arn.kind));

/** Source: AWS's endpoint guide; where several surfaces serve a model, the one that can do most. */
function wayTo(named: Named, family: string): Way {
  const { entry, name, place } = named;
  const asked = surfaceOf(entry) ?? name.route;
  // Who names Converse wants what Converse does.
  if (asked === "converse-like" || asked === "converse") return { surface: asked };
  const messages = takesMessages(named, family) && { takesMessages: true as const };
  if (asked === "invoke") return { surface: asked, ...messages };
  // No native endpoint knows what an ARN stands for.
  if (!place.arn) {
    const host = name.route === "mantle" ? "mantle" : asked;
    const native = host ? namedNativeModel(host, place.id) : nativeModelOf(place.id);
    if (native) return { surface: "openai", native };
  }
  return { surface: INVOKE_ONLY.test(family) ? "invoke" : "converse", ...messages };
}

/** The bodies of families, which are loaded where one is needed. */
export interface Dialects {
  dialectOf(family: string): Dialect | undefined;
  completionDialectOf(family: string): Dialect | undefined;
}

/** Whether a model is called in its own words. */
export const speaksItself = (named: Named, family: string): boolean =>
  /^(invoke|openai)$/.test(wayTo(named, family).surface);

/** What is known of a model on a surface beyond the table. */
export type Learned = (model: Pick<Target, "surface" | "modelId" | "family" | "account">) => Partial<Traits>;

/**
 * Where a named model's requests go.
 * @param learned What AWS's refusals taught of it on this surface.
 * @param dialects For a model that `speaksItself`.
 */
export function toTarget(
  named: Named,
  family: string,
  { traits: overrides = {} }: ModelOptions,
  learned: Learned,
  dialects?: Dialects,
): Target {
  const { place, region, account, entry } = named;
  const { surface, native, takesMessages: takes } = wayTo(named, family);
  // Mantle knows no profiles.
  const modelId = native?.host === "mantle" ? withoutGeo(place.id) : place.id;
  const fixed = Object.keys(overrideOf(family, overrides));
  const on = (surface: SurfaceName, dialect?: Dialect): Target => ({
    modelId,
    family,
    region,
    account,
    surface,
    ...(dialect && { dialect }),
    traits: traitsOf(family, overrides, {
      ...dialect?.traits,
      ...learned({ surface, modelId, family, account }),
    }),
    fixed,
    ...(takes && { takesMessages: takes }),
  });

  if (surface === "converse-like") return { ...on(surface), server: serverOf(entry, modelId) };
  if (native) {
    const hasChat = native.apis.includes("chat");
    const target = on("openai", dialects?.dialectOf(hasChat ? nativeFamily(family) : family));
    return {
      ...target,
      traits: { ...target.traits, ...NATIVE, ...(!hasChat && { serviceTiers: [] }) },
      native,
      ...(native.converse && { instead: on("converse") }),
    };
  }
  if (surface === "converse") {
    const target = on("converse");
    return place.arn?.kind === "prompt" ? { ...target, traits: { ...target.traits, ...MANAGED } } : target;
  }
  const dialect =
    (named.completes ? dialects?.completionDialectOf(family) : undefined) ?? dialects?.dialectOf(family);
  if (!dialect) throw unknownModel(modelId, "No native chat body is known for it; call it through Converse.");
  return on("invoke", dialect);
}

/** The native endpoints read no headers of Bedrock's but a guardrail's. */
const NATIVE: Partial<Traits> = { optimizedLatency: false, requestMetadata: false };

/** A managed prompt brings its own settings. */
const MANAGED: Partial<Traits> = {
  ownSettings: true,
  system: false,
  tools: false,
  structuredOutput: "instruction",
};

/** On the native chat endpoints all families speak OpenAI's words. */
const nativeFamily = (family: string): string =>
  /^(openai\.|imported\.openai)/.test(family) ? family : `imported.openai`;

function serverOf(
  { url, streamUrl, apiKey, headers }: ModelEntry,
  model: string,
): NonNullable<Target["server"]> {
  if (!url)
    throw unknownModel(
      model,
      "A model of your own server needs an entry with a `url` in the option `models`.",
    );
  return {
    url,
    streamUrl: streamUrl ?? url,
    headers: { ...(typeof apiKey === "string" && { authorization: `Bearer ${apiKey}` }), ...headers },
  };
}
