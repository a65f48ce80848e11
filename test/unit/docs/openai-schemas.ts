import { existsSync, readFileSync } from "node:fs";

interface Schema {
  $ref?: string;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  properties?: Record<string, Schema>;
}

/** OpenAI's published schema, where the project is developed. */
const FILE = new URL("../../../../shared/data/openai.openapi.min.json", import.meta.url);

export const hasSchemas = existsSync(FILE);

function schemas(): Record<string, Schema> {
  const { components } = JSON.parse(readFileSync(FILE, "utf8")) as {
    components: { schemas: Record<string, Schema> };
  };
  return components.schemas;
}

const nameIn = (ref: string): string => ref.split("/").at(-1)!;

/** The names of all parameters that one of OpenAI's schemas knows. */
export function propertiesOf(name: string): Set<string> {
  const all = schemas();
  const properties = ({ $ref, allOf = [], ...own }: Schema): string[] => [
    ...($ref ? properties(all[nameIn($ref)]!) : []),
    ...Object.keys(own.properties ?? {}),
    ...allOf.flatMap(properties),
  ];
  return new Set(properties(all[name]!));
}

/** Every `type` that a union of OpenAI's has. */
export function typesIn(name: string): string[] {
  const all = schemas();
  const seen = new Set<string>();
  const types = ({ $ref, allOf = [], anyOf = [], oneOf = [], properties }: Schema): unknown[] => {
    if ($ref && seen.has($ref)) return [];
    if ($ref) seen.add($ref);
    return [
      ...($ref ? types(all[nameIn($ref)]!) : []),
      ...[...allOf, ...anyOf, ...oneOf].flatMap(types),
      ...(properties?.["type"] ? valuesOf(properties["type"]) : []),
    ];
  };
  return [...new Set(types(all[name]!))].filter((type): type is string => typeof type === "string");
}

const valuesOf = ({ enum: values = [], anyOf = [] }: Schema): unknown[] => [
  ...values,
  ...anyOf.flatMap(valuesOf),
];
