// What a detection says to people: tests hold that it is there (test/detections/catalog), and a person has to read it.
const words = new Set(["title", "evidenceNote", "impact", "response", "falsePositives", "limits"]);

const prose = {
  shouldIgnore(path) {
    return path.isObjectProperty() && words.has(path.node.key.name) ? "words for people" : undefined;
  },
};

export const strykerPlugins = [{ kind: "Ignore", name: "prose", value: prose }];
