/** What is used of a Node process; other hosts of the core have none, or less. */
interface HostProcess {
  env?: Readonly<Record<string, string | undefined>>;
  getBuiltinModule?<Name extends keyof Builtins>(name: Name): Builtins[Name] | undefined;
}

interface Builtins {
  "node:async_hooks": AsyncHooks;
  "node:diagnostics_channel": DiagnosticsChannels;
}

/** What is used of `node:async_hooks`. */
interface AsyncHooks {
  AsyncLocalStorage: { snapshot?(): (run: () => void) => void };
}

/** What is used of `node:diagnostics_channel`. */
export interface DiagnosticsChannels {
  channel(name: string): {
    readonly hasSubscribers: boolean;
    publish(message: object): void;
    runStores<T>(message: object, run: () => T): T;
  };
}

const host: { process?: HostProcess } = globalThis;

export const builtin = <Name extends keyof Builtins>(name: Name): Builtins[Name] | undefined =>
  host.process?.getBuiltinModule?.(name);

export const environment = (name: string): string | undefined => host.process?.env?.[name];
