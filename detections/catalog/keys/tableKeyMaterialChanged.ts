import { all, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { oneOfList } from "../../lists";
import { keyLimits, keyTiers, kms } from "./keyCalls";

/** Imported key material deleted, which makes a key unusable at once, or replaced. */
export const tableKeyMaterialChanged: Detection = {
  id: "table-key-material-changed",
  title: "Imported material of a table key deleted or imported",
  severity: "high",
  source: "kms",
  evidence: "documented",
  evidenceNote: "AWS prints DeleteImportedKeyMaterial and ImportKeyMaterial, with the key's ARN among the resources.",
  when: all(
    kms("DeleteImportedKeyMaterial", "ImportKeyMaterial"),
    oneOfList("resources[0].ARN", "tableKeyArns"),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    {
      version: "18.1",
      tactic: "TA0040",
      technique: "T1485",
      note: "Material deleted: at once, without a waiting period.",
    },
    { version: "18.1", tactic: "TA0040", technique: "T1486", note: "Material of the attacker's own, with an expiry." },
  ],
  impact: "A key without its material is unusable at once, with no waiting period; its tables become inaccessible.",
  response: [
    "Import the same material again from where it is kept: only it makes the key usable.",
    "Find the caller and ask whether the change was planned.",
    "If not, revoke the role's sessions or disable the user's access keys.",
    "Read expirationModel and validTo of an import: material that expires takes the tables with it later.",
  ],
  falsePositives: ["A planned import or renewal of key material: list the role in `ignorePrincipals`."],
  limits: [
    keyTiers.none,
    keyTiers.managedFixed,
    keyTiers.customer,
    ...keyLimits,
    "Material that expires by itself is deleted by AWS KMS (DeleteExpiredKeyMaterial), which is no call of the caller.",
  ],
};
