import { list, oneOf, string, structure, union } from "./shape.ts";
import type { Shape } from "./shape.ts";

const ENTITIES =
  "ADDRESS AGE AWS_ACCESS_KEY AWS_SECRET_KEY CA_HEALTH_NUMBER CA_SOCIAL_INSURANCE_NUMBER CREDIT_DEBIT_CARD_CVV " +
  "CREDIT_DEBIT_CARD_EXPIRY CREDIT_DEBIT_CARD_NUMBER DRIVER_ID EMAIL INTERNATIONAL_BANK_ACCOUNT_NUMBER IP_ADDRESS " +
  "LICENSE_PLATE MAC_ADDRESS NAME PASSWORD PHONE PIN SWIFT_CODE UK_NATIONAL_HEALTH_SERVICE_NUMBER " +
  "UK_NATIONAL_INSURANCE_NUMBER UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER URL USERNAME US_BANK_ACCOUNT_NUMBER " +
  "US_BANK_ROUTING_NUMBER US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER US_PASSPORT_NUMBER US_SOCIAL_SECURITY_NUMBER " +
  "VEHICLE_IDENTIFICATION_NUMBER";

/** A check of up to so many categories, which all have a name of their own. */
const categories = (max: number, ...names: string[]) =>
  structure({ categories: list(structure({ category: oneOf(...names) }), { min: 1, max }) });

/** InvokeGuardrailChecksRequest. Source: the `bedrock-runtime` service model. */
export const guardrailChecksRequest: Shape = structure({
  messages: list(
    structure({
      role: oneOf("user", "assistant", "system"),
      content: list(union("GuardrailChecksContentBlock", { text: string({ min: 1, sensitive: true }) }), {
        min: 1,
      }),
    }),
    { min: 1 },
  ),
  checks: structure(
    {},
    {
      contentFilter: categories(5, "VIOLENCE", "HATE", "SEXUAL", "MISCONDUCT", "INSULTS"),
      promptAttack: categories(3, "JAILBREAK", "PROMPT_INJECTION", "PROMPT_LEAKAGE"),
      sensitiveInformation: structure({
        entities: list(structure({ type: oneOf(...ENTITIES.split(" ")) }), { min: 1, max: 31 }),
      }),
    },
  ),
});
