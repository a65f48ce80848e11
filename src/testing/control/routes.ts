import type { Route } from "../call.ts";
import { routesOf } from "./resource.ts";
import { RESOURCES } from "./resources.ts";

/** The operations of the control plane that list and show resources. */
export const CONTROL_ROUTES: readonly Route[] = RESOURCES.flatMap(routesOf);
