/** What OpenAI's Python client sends beside the body. Source: `_base_client.py` of openai-python. */
export const PYTHON_HEADERS = {
  accept: "application/json",
  "accept-encoding": "gzip, deflate",
  "content-type": "application/json",
  "user-agent": "OpenAI/Python 2.8.0",
  "x-stainless-arch": "x64",
  "x-stainless-async": "false",
  "x-stainless-lang": "python",
  "x-stainless-os": "Linux",
  "x-stainless-package-version": "2.8.0",
  "x-stainless-read-timeout": "600",
  "x-stainless-retry-count": "0",
  "x-stainless-runtime": "CPython",
  "x-stainless-runtime-version": "3.13.0",
};
