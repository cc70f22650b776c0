export * from "./ast";
export { countRegexes } from "./countRegexes";
export { FilterPatternError } from "./error";
export * from "./limits";
export { parseFilterPattern, parseSelector } from "./parse";
export { compilePredicate, exactText, type Predicate } from "./predicate";
export { type PrintOptions, printFilterPattern, printSelector } from "./print";
export { requiredOrMissing, requiredValues } from "./required";
export { reader } from "./selector";
