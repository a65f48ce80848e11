const OUTSIDE_TOKEN = /[^!#$%&'*+\-.^_`|~\w]/;
const OUTSIDE_TEXT = /[^\t\x20-\x7e\x80-\xff]/;

/** Whether a header may be named so. Source: RFC 9110, 5.6.2. */
export const isToken = (name: string): boolean => name !== "" && !OUTSIDE_TOKEN.test(name);

/** Whether a header may say so: nothing that ends a line. Source: RFC 9110, 5.5. */
export const isText = (value: string): boolean => !OUTSIDE_TEXT.test(value);
