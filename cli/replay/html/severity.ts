import type { Severity } from "../../../detections";
import { Markup, markup } from "./markup";

/** A shape for each severity, around 0, so that none is told by colour alone. */
const shapes: Record<Severity, string> = {
  critical: "M0-8 8 0 0 8-8 0Z",
  high: "M0-7 7.5 6h-15Z",
  medium: "M-6-6h12v12h-12Z",
  low: "M0-6a6 6 0 1 0 .01 0Z",
  info: "M-6-2.5h12v5h-12Z",
};

export const shape = (severity: Severity): Markup => new Markup(`<path d="${shapes[severity]}"/>`);

/** The word with its shape. */
export const severityLabel = (severity: Severity): Markup =>
  markup`<span class="severity ${severity}"><svg class="mark" width="16" height="16" viewBox="-9 -9 18 18" aria-hidden="true">${shape(severity)}</svg>${severity}</span>`;
