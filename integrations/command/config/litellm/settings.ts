import * as z from "zod";
import { toFaults } from "../complaints.ts";
import { type Fault, type Path, pathName } from "../fault.ts";
import type { ConfigFile } from "../shape.ts";
import { count, recordOf, strict, text, truth } from "../shapes.ts";

/** What becomes of a setting of LiteLLM's: a part of our own configuration, nothing, or a word on it. */
interface Rule {
  shape?: z.ZodType;
  config?: (value: never) => ConfigFile;
  /** A value that means what is done anyway. */
  done?: unknown;
  /** Why it is left out, and what to do instead. */
  hint?: string;
  /** It keeps callers out; a server that leaves it out would let them in. */
  guards?: boolean;
}

const rule = <Shape extends z.ZodType>(
  shape: Shape,
  config: (value: z.output<Shape>) => ConfigFile,
): Rule => ({
  shape,
  config,
});

const retries = rule(count(), (retries) => ({ retries }));
/** What is done without being asked, or read elsewhere. */
const DONE: Rule = { config: () => ({}) };
const RESTS: Rule = {
  hint: "a target that fails three times in a row is asked last for 30 seconds, one that is throttled for as long as AWS says",
};
const WATCHES: Rule = {
  hint: "figures for Prometheus are `metricsPort`, OpenTelemetry is the option `telemetry`; docs/observability.md",
};
const GUARD: Rule = { guards: true };
const KEYS = "keys of LiteLLM's database are not known here: list them under `apiKeys`";

const aliasShape = () =>
  recordOf(
    z.union([text("the name of a model"), strict({ model: text(), hidden: truth().exactOptional() })]),
  );

export const RULES: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  litellm_settings: {
    drop_params: rule(truth(), (drops) => ({ unsupported: drops ? "adjust" : "reject" })),
    modify_params: DONE,
    fallbacks: DONE,
    context_window_fallbacks: DONE,
    default_fallbacks: DONE,
    allowed_fails: RESTS,
    cooldown_time: RESTS,
    num_retries: retries,
    request_timeout: { hint: "use `timeouts.firstByte` and `timeouts.idle`, in milliseconds" },
    telemetry: DONE,
    callbacks: WATCHES,
    success_callback: WATCHES,
    failure_callback: WATCHES,
    json_logs: { hint: "use `serve --log json`" },
  },
  general_settings: {
    master_key: rule(text(), (key) => ({ apiKeys: [key] })),
    database_url: { hint: KEYS },
    database_type: { hint: KEYS },
    custom_auth: GUARD,
    enable_jwt_auth: GUARD,
    enable_oauth2_auth: GUARD,
    enable_oauth2_proxy_auth: GUARD,
    allowed_ips: GUARD,
    allowed_routes: GUARD,
  },
  router_settings: {
    num_retries: retries,
    model_group_alias: rule(aliasShape(), (aliases) => ({
      models: Object.fromEntries(
        Object.entries(aliases).map(([name, to]) => [name, typeof to === "string" ? to : to.model]),
      ),
    })),
    routing_strategy: { done: "simple-shuffle", hint: "requests are spread by weight" },
    fallbacks: DONE,
    context_window_fallbacks: DONE,
    default_fallbacks: DONE,
    allowed_fails: RESTS,
    cooldown_time: RESTS,
  },
};

export interface Read {
  config: ConfigFile;
  faults: Fault[];
  warnings: Fault[];
}

/** One of LiteLLM's sections of settings. */
export function readSettings(section: string, settings: unknown): Read {
  const read: Read = { config: {}, faults: [], warnings: [] };
  const { data, error } = z
    .object({ [section]: recordOf(z.unknown()) })
    .safeParse({ [section]: settings ?? {} });
  if (!data) return { ...read, faults: toFaults(error) };
  for (const [name, value] of Object.entries(data[section]!)) {
    if (value !== null) readOne(read, [section, name], value, ownRule(section, name));
  }
  return read;
}

const ownRule = (section: string, name: string): Rule => {
  const rules = RULES[section]!;
  return Object.hasOwn(rules, name) ? rules[name]! : {};
};

function readOne(read: Read, path: Path, value: unknown, { shape, config, done, hint, guards }: Rule): void {
  const name = pathName(path);
  if (guards) {
    if (value === false) return;
    const message = `'${name}' keeps callers out and is not done here: take it out and use \`apiKeys\`.`;
    read.faults.push({ path, message });
  } else if (config) {
    const parsed = shape?.safeParse(value);
    if (parsed?.error) {
      read.faults.push(...toFaults(parsed.error, path));
    } else Object.assign(read.config, config((parsed?.data ?? value) as never));
  } else if (done === undefined || value !== done) {
    read.warnings.push({ path, message: `'${name}' is not done here${hint ? `: ${hint}` : ""}.` });
  }
}
