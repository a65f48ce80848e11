/** What is used of a Node process; other hosts of the core have none, or less. */
interface HostProcess {
  env?: Readonly<Record<string, string | undefined>>;
  getBuiltinModule?(name: "node:diagnostics_channel"): DiagnosticsChannels | undefined;
}

/** What is used of `node:diagnostics_channel`. */
interface DiagnosticsChannels {
  channel(name: string): {
    readonly hasSubscribers: boolean;
    publish(message: object): void;
    runStores<T>(message: object, run: () => T): T;
  };
}

const host: { process?: HostProcess } = globalThis;

export const builtin = (name: "node:diagnostics_channel"): DiagnosticsChannels | undefined =>
  host.process?.getBuiltinModule?.(name);

export const environment = (name: string): string | undefined => host.process?.env?.[name];
