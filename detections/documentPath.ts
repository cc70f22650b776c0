/**
 * The steps of a document path: names of attributes and of map entries, between dots, and indices of lists
 * (DynamoDB Developer Guide, "Document paths"). Undefined for what is none.
 */
export function parseDocumentPath(text: string): (string | number)[] | undefined {
  const steps: (string | number)[] = [];
  for (const part of text.split(".")) {
    const [, name, indices] = /^([^[\]]+)((?:\[\d+\])*)$/.exec(part) ?? [];
    if (name === undefined || indices === undefined) return undefined;
    steps.push(name, ...[...indices.matchAll(/\d+/g)].map(([digits]) => Number(digits)));
  }
  return steps;
}
