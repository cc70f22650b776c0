export * from "./ast";
export { countRegexes } from "./countRegexes";
export { FilterPatternError } from "./error";
export * from "./limits";
export { parseFilterPattern, parseSelector } from "./parse";
export { type PrintOptions, printFilterPattern, printSelector } from "./print";
