export * from "./ast";
export { FilterPatternError } from "./error";
export * from "./limits";
export { parseFilterPattern, parseSelector } from "./parse";
export { type PrintOptions, printFilterPattern, printSelector } from "./print";
