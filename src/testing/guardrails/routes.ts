import type { Route } from "../call.ts";
import { applyGuardrail } from "./apply.ts";
import { invokeGuardrailChecks } from "./checks.ts";

/** The operations of the runtime that ask a guardrail and no model. */
export const GUARDRAIL_ROUTES: readonly Route[] = [
  {
    operation: "ApplyGuardrail",
    method: "POST",
    path: /^\/guardrail\/([^/]+)\/version\/([^/]+)\/apply$/,
    serve: applyGuardrail,
  },
  {
    operation: "InvokeGuardrailChecks",
    method: "POST",
    path: /^\/guardrail-checks\/invoke$/,
    serve: invokeGuardrailChecks,
  },
];
