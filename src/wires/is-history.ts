/** What each wire calls what was said so far. */
const HISTORY = /^(messages|input|previous_response_id|conversation)\b/;

/** Whether a place is in what was said so far: how that is told to a model is not the caller's to choose. */
export const isHistory = (param: string): boolean => HISTORY.test(param);
