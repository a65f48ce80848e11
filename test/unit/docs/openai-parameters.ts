import { existsSync, readFileSync } from "node:fs";

interface Schema {
  $ref?: string;
  allOf?: Schema[];
  properties?: object;
}

/** OpenAI's published schema, where the project is developed. */
const SCHEMAS = new URL("../../../../shared/data/openai.openapi.min.json", import.meta.url);

export const hasSchemas = existsSync(SCHEMAS);

/** The names of all parameters that one of OpenAI's schemas knows. */
export function propertiesOf(schema: string): Set<string> {
  const { components } = JSON.parse(readFileSync(SCHEMAS, "utf8")) as {
    components: { schemas: Record<string, Schema> };
  };
  const properties = ({ $ref, allOf = [], ...own }: Schema): string[] => [
    ...($ref ? properties(components.schemas[$ref.split("/").at(-1)!]!) : []),
    ...Object.keys(own.properties ?? {}),
    ...allOf.flatMap(properties),
  ];
  return new Set(properties(components.schemas[schema]!));
}
