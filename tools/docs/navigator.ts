import { catalog } from "../../detections";
import { attackVersion } from "../../detections/mappings/attack";

/** Version of ATT&CK that the layer is drawn on: the one of which every technique is known here. */
const version = "18.1";

/** A layer of the ATT&CK Navigator (layer file format 4.5): the number of detections of each technique, by tactic. */
export function navigatorLayer(): string {
  const known = attackVersion(version)!;
  const mapped = new Map<string, { techniqueID: string; tactic: string; detections: string[] }>();
  for (const { id, attack } of catalog) {
    for (const { technique, tactic, ...mapping } of attack) {
      if (mapping.version !== version || technique === undefined) continue;
      const key = `${technique} ${tactic}`;
      const row = mapped.get(key) ?? {
        techniqueID: technique,
        tactic: shortName(known.tactics[tactic]!),
        detections: [],
      };
      row.detections.push(id);
      mapped.set(key, row);
    }
  }
  const techniques = [...mapped.values()]
    .map(({ detections, ...technique }) => ({
      ...technique,
      score: new Set(detections).size,
      comment: [...new Set(detections)].join(", "),
      enabled: true,
    }))
    .sort((a, b) => (`${a.techniqueID} ${a.tactic}` < `${b.techniqueID} ${b.tactic}` ? -1 : 1));
  const layer = {
    name: "dynamodb-detective",
    versions: { attack: version.split(".")[0], navigator: "5.2.0", layer: "4.5" },
    domain: "enterprise-attack",
    description: `Detections for Amazon DynamoDB, on ATT&CK v${version}. The score is the number of detections.`,
    filters: { platforms: ["IaaS"] },
    sorting: 3,
    layout: { layout: "side", showID: true, showName: true, expandedSubtechniques: "annotated" },
    hideDisabled: false,
    techniques,
    gradient: {
      colors: ["#ffe766", "#8ec843"],
      minValue: 1,
      maxValue: Math.max(...techniques.map(({ score }) => score)),
    },
  };
  return `${JSON.stringify(layer, null, 2)}\n`;
}

/** "Command and Control" is `command-and-control` in a layer. */
const shortName = (tactic: string): string => tactic.toLowerCase().replaceAll(" ", "-");
