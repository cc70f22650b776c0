import { type RegisteredResource, secretText, unknownText } from "./registered";

/** A deployed resource, with the ids and ARNs that AWS gave it. */
export interface DeployedResource extends RegisteredResource {
  /** Physical id; absent for components. */
  id?: string;
  outputs?: Record<string, unknown>;
}

/** Marks special values in a Pulumi state (pulumi/pulumi, sdk/go/common/resource/sig). */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
/** How a state writes a value that was not known. */
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A text that holds no resources of a stack, with what to write instead. */
export class StackExportError extends Error {}

/**
 * The resources in the output of `pulumi stack export`, in a stack's file in a self-managed backend, or in the output of
 * `dynamodb-detective preview --json`. Secrets become `[secret]`, also those that were exported with `--show-secrets`.
 * Resources that wait to be deleted are left out: their replacement is in the stack.
 */
export function readStackExport(text: string): DeployedResource[] {
  return exportedStates(text).flatMap((state): DeployedResource[] => {
    const { urn, type, id, parent, protect } = state;
    if (typeof urn !== "string" || typeof type !== "string" || state["delete"] === true) return [];
    return [
      {
        urn,
        type,
        name: urn.slice(urn.lastIndexOf("::") + 2),
        inputs: object(printable(state["inputs"])),
        outputs: object(printable(state["outputs"])),
        ...(typeof id === "string" && { id }),
        ...(typeof parent === "string" && { parent }),
        protect: protect === true,
      },
    ];
  });
}

/** The resources in such a text as Pulumi wrote them, with secrets and with what waits to be deleted. */
export function exportedStates(text: string): Record<string, unknown>[] {
  let exported: unknown;
  try {
    exported = JSON.parse(text);
  } catch (error) {
    throw new StackExportError(
      `not JSON (${(error as Error).message}). Write it with: pulumi stack export --file FILE`,
    );
  }
  const { deployment, checkpoint, resources: previewed } = object(exported);
  const states = [deployment, object(checkpoint)["latest"]].map((state) => object(state)["resources"]);
  const resources = [...states, previewed].find(Array.isArray);
  if (!resources) {
    throw new StackExportError(
      'no "deployment.resources": not the output of pulumi stack export, or of a stack without resources. The output of ' +
        "dynamodb-detective preview --resolved --json is read too.",
    );
  }
  return resources.map(object);
}

function printable(value: unknown): unknown {
  if (value === unknownValue) return unknownText;
  if (Array.isArray(value)) return value.map(printable);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  if ((value as Record<string, unknown>)[signatureKey] === secretSignature) return secretText;
  return Object.fromEntries(entries.map(([key, inner]) => [key, printable(inner)]));
}

const object = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
