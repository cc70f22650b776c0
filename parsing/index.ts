/** Texts into values, and mistakes in them as values too: for callers that must not take an exception for an answer. */
export { type Parsed, parseJson } from "./json";
export { parseYaml } from "./yaml";
