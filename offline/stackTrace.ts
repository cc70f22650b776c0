import { relative } from "node:path";

/** Longest message that still fits on a screen. */
const mostLines = 30;

const foreignFrame =
  /^\s+at .*(node_modules|node:|offline[/\\](preload|launcher)\.cjs|\(<anonymous>\)|\bat (async )?<anonymous>$)/;
/** Of "Cannot find module": how Pulumi's runner came to load the program. */
const requireStack = /^\s*(- |').*node_modules.*cmd[/\\]run/;

/** An error's text without the frames of Pulumi, Node.js and other packages, with paths as seen from the working directory. */
export function ownLines(text: string): string {
  const lines: string[] = [];
  for (const line of text.split("\n")) {
    if (!foreignFrame.test(line) && !requireStack.test(line)) lines.push(shortPaths(line));
    // The error's own properties follow the last frame.
    else if (line.endsWith(" {") && lines.length > 0) lines.push(`${lines.pop()} {`);
  }
  return lines.length <= mostLines ? lines.join("\n") : [...lines.slice(0, mostLines), "…"].join("\n");
}

function shortPaths(line: string): string {
  return line.replace(/(?:file:\/\/)?(\/[^\s:()'"]+)/g, (written, path: string) => {
    const near = relative(process.cwd(), path);
    return near === "" || near.startsWith("../..") || near.length >= path.length
      ? written.replace("file://", "")
      : near;
  });
}
