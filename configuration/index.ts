export { configKeys, readConfiguration } from "./read";
