import type { Conversation, ConverseStreamEvent } from "../conversation/types.ts";
import type { AccessRequest } from "../openai/access-parameters.ts";
import type { ResolvedOptions } from "../options.ts";
import { type Catalogue, createCatalogue } from "./catalogue/catalogue.ts";
import { createSources } from "./catalogue/sources.ts";
import type { Account } from "./clients/account.ts";
import { createAccounts } from "./clients/accounts.ts";
import { lentAccess } from "./credentials/lent-access.ts";
import { createCourier } from "./courier/courier.ts";
import { type CountTokens, createCountTokens } from "./count-tokens.ts";
import { fromAwsError } from "./errors/errors.ts";
import { createHints, type Refused } from "./errors/hints.ts";
import { createLearning } from "./learning/learning.ts";
import { unknownModel } from "./errors/model-not-found.ts";
import { createLineUp, type LineUp } from "./line-up.ts";
import { createNativeRefusals, type NativeRefusals } from "./learning/native-refusals.ts";
import { createHiddenFamilies } from "./models/hidden-family.ts";
import { createMoves } from "./learning/moves.ts";
import { allows } from "./models/allows.ts";
import { createKnownTargets } from "./models/known-targets.ts";
import { aliasesOf, aliasOf, headerNamesOf, type ModelEntry, namesOf, withOwn } from "./models/aliases.ts";
import { type AskedModel, type Named, nameModel, speaksItself, toPlace, toTarget } from "./models/resolve.ts";
import type { Place, SurfaceName, Target } from "./models/target.ts";
import { type Announced, createRepeats, type Repeatable } from "./repeats.ts";
import type { Awaitable } from "../awaitable.ts";
import { createOperations, isEmptyAnswer, type Operations } from "./operations.ts";
import { createPassOn, type PassOn } from "./pass-on.ts";
import { createConverseLikeSurface } from "./surfaces/converse-like.ts";
import { createConverseSurface } from "./surfaces/converse.ts";
import { createForwarder, type Forwarder } from "./surfaces/forward.ts";
import { saysSomething } from "./surfaces/says-something.ts";
import { createInvokeSurface } from "./surfaces/invoke.ts";
import { createOpenAISurface } from "./surfaces/openai.ts";
import type { Surface } from "./surfaces/surface.ts";
import { createWhenReady } from "./surfaces/when-ready.ts";

/** All that the rest of the house knows of AWS. */
export interface Bedrock extends Surface, Forwarder, NativeRefusals, Operations {
  /**
   * Where a caller's model string leads. Waits for AWS only where an ARN hides its family.
   * @throws BedrockOpenAIError 404 `model_not_found` for what cannot be the name of a model.
   */
  resolve(asked: AskedModel, signal: AbortSignal): Awaitable<Target>;
  /**
   * The same, for those who want to know it and not to call it.
   * @throws BedrockOpenAIError 404 also for what AWS alone might know by that name.
   */
  identify(asked: AskedModel, signal: AbortSignal): Promise<Target>;
  /**
   * Where a caller's model string leads that names no model for conversations.
   * @throws BedrockOpenAIError 404 `model_not_found` for what cannot be the name of a model.
   */
  locate(asked: AskedModel, signal: AbortSignal): Promise<Place>;
  /** The Region that a place is called in. @throws BedrockOpenAIError 500 where none is configured. */
  regionOf(place: Pick<Place, "region" | "account">): Awaitable<string>;
  /** A place is called with an API key, which not all of AWS takes. */
  keyOnly(place: Pick<Place, "account">): Promise<boolean>;
  /**
   * By whose access a name is called that need not be a model's; undefined for that of the options.
   * @param own What is to be said of it for this call alone.
   */
  accountOf(name: string, own?: ModelEntry): Account | undefined;
  /** Whether a name is among those of a list of patterns; see `allows`. */
  allows(patterns: readonly string[], model: string): boolean;
  /** Who is asked for an answer, in which order. */
  lineUp: LineUp;
  /** What a request says of who calls for it, as an entry. @throws BedrockOpenAIError 400 for what may not be. */
  lent(access: AccessRequest): ModelEntry;
  /** All that can be called, as AWS lists it. */
  models: Catalogue["list"];
  /** @throws BedrockOpenAIError where AWS refuses the request, not the counting. */
  countTokens: CountTokens;
  /** What the operator wants of requests that do not say: of each name on the way, the nearest first. */
  defaultsOf(model: string): readonly Readonly<Record<string, unknown>>[];
  /** @throws BedrockOpenAIError for what does not reach AWS. */
  passOn: PassOn;
  /** The target as AWS's refusal shows it to be; undefined where the refusal teaches nothing new. */
  learn(target: Target, sent: Conversation, thrown: unknown): Promise<Target | undefined>;
}

/** Of options that were checked. */
export function createBedrock(options: ResolvedOptions): Bedrock {
  const { accountOf, clientsOf } = createAccounts(options);
  const courier = createCourier(clientsOf, options.timeouts);
  const catalogue = createCatalogue(createSources(clientsOf(), courier), options);
  const learning = createLearning();
  const moves = createMoves(options.traits, learning.of, dialects);
  const hiddenFamilies = createHiddenFamilies(clientsOf);
  const hints = createHints(clientsOf, catalogue, namesOf(options.models));
  const repeats = createRepeats(options.retries);
  const forwarder = createForwarder(courier);
  const operations = createOperations(courier);
  const headerNames = headerNamesOf(options);
  const surfaces: Record<SurfaceName, Surface> = {
    converse: createConverseSurface(courier),
    invoke: createInvokeSurface(courier, createWhenReady(options.timeouts.ready)),
    openai: createOpenAISurface(courier),
    "converse-like": createConverseLikeSurface(options.timeouts),
  };

  /** Where somebody else is asked next, nobody needs to hear what would have worked. */
  const hinted = <T>(reply: Promise<T>, target: Refused, { tries }: Repeatable): Promise<T> =>
    tries.waits ? hints.onReply(reply, target) : reply;

  const find = async (asked: AskedModel, signal: AbortSignal): Promise<[Named, family: string]> => {
    const named = nameModel(asked, options.models, accountOf);
    const { account, region, place } = named;
    if (region !== undefined) await clientsOf(account).reach(region);
    const { arn, id } = place;
    return [named, named.family ?? (arn ? await hiddenFamilies(arn, id, signal, account) : "")];
  };

  const known = createKnownTargets();

  const targetOf = async (asked: AskedModel, signal: AbortSignal): Promise<Target> => {
    const before = known.of(asked);
    if (before) return before;
    const [named, family] = await find(asked, signal);
    const spoken = speaksItself(named, family) ? await dialects() : undefined;
    const target = moves.applied(toTarget(named, family, options, learning.of, spoken));
    // What an ARN hides may be asked for again, and may be another then.
    if (named.family !== undefined) known.remember(asked, target);
    return target;
  };

  const resolve = async (asked: AskedModel, signal: AbortSignal): Promise<Target> => {
    const target = await targetOf(asked, signal);
    const { mayHear } = asked;
    if (!mayHear) return target;
    return { ...target, mayHear, ...(target.instead && { instead: { ...target.instead, mayHear } }) };
  };

  const locate = async (asked: AskedModel, signal: AbortSignal): Promise<Place> => {
    const place = toPlace(...(await find(asked, signal)));
    // A name that is none of Bedrock's, where an ARN may still hide one.
    if (place.family === "" && !place.modelId.startsWith("arn:")) throw unknownModel(asked.model);
    return place;
  };

  const identify = async (asked: AskedModel, signal: AbortSignal): Promise<Target> => {
    const target = await resolve(asked, signal);
    if (isNameless(target)) throw unknownModel(asked.model);
    return target;
  };

  return {
    identify: (asked, signal) => hints.onName(identify(asked, signal), asked),
    resolve: (asked, signal) =>
      (asked.mayHear ? undefined : known.of(asked)) ?? hints.onName(resolve(asked, signal), asked),
    locate: (asked, signal) => hints.onName(locate(asked, signal), asked),
    regionOf({ region, account }) {
      const found = region ?? clientsOf(account).home();
      return typeof found === "string"
        ? found
        : found.catch((thrown) => Promise.reject(fromAwsError(thrown, "")));
    },
    keyOnly: ({ account }) => clientsOf(account).keyOnly(),
    accountOf: (name, own) => accountOf(withOwn(aliasOf(name, options.models), own), own),
    allows: (patterns, model) => allows(patterns, model, options.models),
    lineUp: createLineUp(options, accountOf),
    lent: (access) => lentAccess(access, headerNames),
    models: catalogue.list,
    async learn(target, sent, thrown) {
      const other = await moves.afterRefusal(target, thrown);
      // Not before: who asks meanwhile remembers what was known till then.
      known.forget();
      if (other) return other;
      const traits = learning.learn(target, sent, thrown);
      return traits && { ...target, traits: { ...target.traits, ...traits } };
    },
    countTokens: createCountTokens(courier),
    defaultsOf: (model) =>
      aliasesOf(model, options.models).flatMap(({ defaults }) => (defaults ? [defaults] : [])),
    passOn: createPassOn(courier, options.models, accountOf),
    explainNative: forwarder.explainNative,
    forward: (letter, asking) =>
      hinted(
        repeats.whole(asking, () => forwarder.forward(letter, asking)),
        letter.target,
        asking,
      ),
    forwardStream: (letter, asking) =>
      hinted(
        repeats.stream(asking, NATIVE, () => forwarder.forwardStream(letter, asking)),
        letter.target,
        asking,
      ),
    explainOperation: operations.explainOperation,
    operate: (call, asking) => {
      const answer = repeats.whole(asking, () => operations.operate(call, asking), isEmptyAnswer);
      return call.to ? answer : hinted(answer, { ...call.place, surface: "invoke" }, asking);
    },
    ...createNativeRefusals(),
    explain: (letter, stream) => surfaces[letter.target.surface].explain(letter, stream),
    converse: (letter) =>
      hinted(
        repeats.whole(letter, () => surfaces[letter.target.surface].converse(letter)),
        letter.target,
        letter,
      ),
    converseStream: (letter) =>
      hinted(
        repeats.stream(letter, EVENTS, () => surfaces[letter.target.surface].converseStream(letter)),
        letter.target,
        letter,
      ),
  };
}

const dialects = () => import("../endpoints/dialects.ts");

/** Wires announce an answer once, under a head of their own. */
const EVENTS: Announced<ConverseStreamEvent> = {
  isSaid: ({ messageStart }) => messageStart === undefined,
  isAlike: true,
};

/** Every chunk bears AWS's own id of the answer. */
const NATIVE: Announced<string> = { isSaid: saysSomething, isAlike: false };

/** Neither one of Bedrock's names, nor an ARN that may hide one, nor a name of the operator's own server. */
const isNameless = ({ family, modelId, surface }: Target): boolean =>
  family === "" && surface !== "converse-like" && !modelId.startsWith("arn:");
