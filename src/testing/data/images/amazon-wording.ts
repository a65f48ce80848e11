/** How Titan Image and Nova Canvas refuse a value that has passed the schema. */
export function invalidValue(what: string, given: string, why = ""): string {
  return `400 Bad Request: Value of ${what} is not valid. Given: ${given}.${why && ` ${why}`}`;
}

export const ALL_BLOCKED = "All of the generated images have been blocked by our content filters.";
export const SOME_BLOCKED = "Some of the generated images have been blocked by our content filters.";
