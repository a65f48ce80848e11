import type { Account } from "../clients/account.ts";
import type { Traits } from "../../conversation/traits.ts";
import type { Dialect } from "../../dialects/dialect.ts";
import type { NativeModel } from "./native-models.ts";

/** The AWS API that serves a target, or a server of the user's that speaks Converse. */
export type SurfaceName = "converse" | "invoke" | "openai" | "converse-like";

/** Where a request goes, from the caller's `model` string. */
export interface Target {
  /** Id or ARN, as it goes into the URL and comes back as `model`. */
  modelId: string;
  /** The base id of what is behind it; empty where nobody knows. */
  family: string;
  /** Where it is served; undefined for the Region of the options or the environment. */
  region: string | undefined;
  /** By whose access, as `accounts.ts` numbers it; undefined for that of the options. */
  account: Account | undefined;
  surface: SurfaceName;
  /** The native body: on `invoke`, and on `openai` for what is not the caller's own. */
  dialect?: Dialect;
  /** On `openai`. */
  native?: NativeModel;
  /** Claude, for which InvokeModel takes Anthropic's own Messages by every id, profile and ARN. */
  takesMessages?: true;
  /** On `converse-like`. */
  server?: ConverseLike;
  /** Where a request goes that the native side cannot take. */
  instead?: Target;
  traits: Traits;
  /** The names that its caller may hear of where this one is none. Default: all. */
  mayHear?: ((name: string) => boolean) | undefined;
  /** Names of the traits that the operator set: AWS's refusals do not change them. */
  fixed: readonly string[];
}

/** Where a request goes that is no conversation. */
export interface Place extends Pick<Target, "modelId" | "family" | "region" | "account"> {
  /** InvokeModel was asked for by name. */
  invokes: boolean;
}

/** A server of the user's own. */
export interface ConverseLike {
  url: string;
  streamUrl: string;
  headers: Readonly<Record<string, string>>;
}
