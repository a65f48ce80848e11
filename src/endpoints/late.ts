import { once } from "../bedrock/once.ts";
import type { CallContext } from "../context.ts";

/** @param names What stands in the places of names. */
export type Endpoint = (context: CallContext, ...names: string[]) => Response | Promise<Response>;

/** The names of a module's endpoints. */
type EndpointIn<Module> = {
  [Name in keyof Module]: Module[Name] extends Endpoint ? Name : never;
}[keyof Module];

/**
 * Endpoints of a module that the first call to one of them loads.
 * @returns the endpoint of a name.
 */
export function late<Module>(load: () => Promise<Module>): (name: EndpointIn<Module>) => Endpoint {
  let loaded: Module | undefined;
  const loading = once(async () => (loaded = await load()));
  const endpointIn = (module: Module, name: EndpointIn<Module>): Endpoint => module[name] as Endpoint;
  return (name) =>
    (context, ...names) =>
      loaded
        ? endpointIn(loaded, name)(context, ...names)
        : loading().then((module) => endpointIn(module, name)(context, ...names));
}
