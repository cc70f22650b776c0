import { type Project, shownPath } from "./project";

/** What to do about errors of Node.js and of the SDK that do not say it themselves. */
export function hintsFor(error: string, project: Project): string[] {
  const where = shownPath(project.root);
  const hints: string[] = [];
  const missing = /Cannot find (?:module|package) '((?:@[\w.-]+\/)?[\w.-]+)/.exec(error)?.[1];
  if (missing && !missing.startsWith(".")) {
    hints.push(`"${missing}" is not installed for the program. Run \`npm ci\` in ${where} first.`);
  }
  if (/Unknown file extension "\.[cm]?tsx?"|strip-only mode/.test(error)) {
    hints.push(
      `The program is an ES module ("type": "module"), for which Pulumi uses a ts-node of the program's own: run ` +
        `\`npm install --save-dev ts-node typescript\` in ${where}. Node.js 22.18 and newer run plain TypeScript without.`,
    );
  }
  if (/promises were still active/.test(error)) {
    hints.push(
      "Does the program call process.exit()? It ends before its resources are registered. Two resources that wait for " +
        "each other end it likewise.",
    );
  }
  return hints;
}
