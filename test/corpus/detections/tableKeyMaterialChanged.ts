import { by, byDynamodb, denied, from, identities, kms } from "../../support/events";
import type { Corpus } from "../corpus";

export const tableKeyMaterialChanged: Corpus = {
  detection: "table-key-material-changed",
  fires: {
    deleted: kms("DeleteImportedKeyMaterial"),
    imported: kms("ImportKeyMaterial", { keyId: "1234abcd", expirationModel: "KEY_MATERIAL_EXPIRES" }),
    "by a user": kms("DeleteImportedKeyMaterial", undefined, by(identities.user("eve"))),
  },
  quiet: {
    "parameters for an import": kms("GetParametersForImport"),
    refused: kms("DeleteImportedKeyMaterial", undefined, denied),
    "disabled only": kms("DisableKey"),
    rotated: kms("RotateKey"),
    "used by DynamoDB": byDynamodb("Decrypt"),
    "another service": kms("ImportKeyMaterial", undefined, from("payment-cryptography.amazonaws.com")),
  },
  evasions: {
    caught: { "by its bare id": kms("DeleteImportedKeyMaterial", { keyId: "1234abcd" }) },
    missed: {
      "material that expires": {
        what: kms("DeleteExpiredKeyMaterial", null, { userIdentity: identities.service("AWS Internal") }),
        limit: "DeleteExpiredKeyMaterial",
      },
    },
  },
};
