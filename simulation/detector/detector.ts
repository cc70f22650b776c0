import { advanceDocument, grouped, noDocument, type StateDocument } from "../../functions/detector/document";
import { type Sighting, type Watched, watchedOf } from "../../functions/detector/observe";
import { assumed, broken, type Hop } from "../delivery/hop";
import { accountIn, rolePermission } from "../delivery/permission";
import { propertyOf, type ResolvedResource, type Stack, textOf } from "../delivery/stack";
import { rolePolicies } from "../delivery/trailHops";
import { detectionsIn } from "./detections";

/** A detector function as it is deployed. */
export interface Detector {
  resource: ResolvedResource;
  arn: string;
  /** Namespace of its metrics. */
  namespace: string;
  watched: Watched[];
  /** Whether it can run: it holds its detections, and its role may use the table. */
  hops: Hop[];
}

/** Functions that decide stateful detections. They are known by the name of their service, as coverage knows them. */
export function readDetectors(stack: Stack): Detector[] {
  return stack.all("function").flatMap((resource): Detector[] => {
    const environment = propertyOf(resource, "environment") as { variables?: Record<string, unknown> } | undefined;
    const variables = environment?.variables ?? {};
    if (variables["POWERTOOLS_SERVICE_NAME"] !== "detector") return [];
    const detections = detectionsIn(resource.inputs["code"]);
    return [
      {
        resource,
        arn: textOf(resource, "arn"),
        namespace: String(variables["POWERTOOLS_METRICS_NAMESPACE"] ?? ""),
        watched: watchedOf(detections ?? []),
        hops: [
          detections
            ? stateHop(stack, resource, String(variables["STATE_TABLE"] ?? ""))
            : broken("detector", resource.name, "there is no detections.json beside its code"),
        ],
      },
    ];
  });
}

/** May the function's role read and write its part of the state table? */
function stateHop(stack: Stack, lambda: ResolvedResource, tableName: string): Hop {
  const table = stack.find("table", tableName, "name", "id");
  if (!table) return assumed("detector", lambda.name, `the state table ${tableName} is not among the resources`);
  const role = stack.find("role", lambda.inputs["role"], "arn");
  const policies = role && rolePolicies(stack, role);
  if (!role || !policies) return assumed("detector", lambda.name, "the function's role is not among the resources");
  const principal = { arn: textOf(role, "arn"), accountId: accountIn(textOf(role, "arn")) };
  return rolePermission(
    "detector",
    lambda.name,
    policies,
    ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem"].map((action) => ({
      principal,
      action,
      resource: textOf(table, "arn"),
      context: { "dynamodb:LeadingKeys": ["detector#"] },
    })),
  );
}

/** States that are dropped when nothing can come of them any more are looked for this often, in events. */
const housekeeping = 10_000;

/** One run of a detector: the function's own core, with the state in memory and the time of events for a clock. */
export class DetectorRun {
  private readonly documents = new Map<string, StateDocument>();
  private since: number | undefined;
  private now = 0;
  private events = 0;

  /** Detections that one event more makes the detector find, each as often as it is found. */
  observe(sightings: readonly Sighting[], time: number): string[] {
    this.now = Math.max(this.now, time);
    this.since ??= this.now; // the detector begins to learn with its first event
    if (++this.events % housekeeping === 0) this.forget();
    const detections: string[] = [];
    for (const group of grouped(sightings)) {
      const { rule } = group.watched;
      const learnsUntil = rule.kind === "first-seen" ? this.since + rule.learnSeconds * 1000 : 0;
      const before = this.documents.get(group.key) ?? noDocument(group.key);
      const { document, found } = advanceDocument(before, group, this.now, learnsUntil);
      if (document !== before) this.documents.set(group.key, document);
      for (const _ of found) detections.push(group.watched.detection.id);
    }
    return detections;
  }

  private forget(): void {
    for (const [key, { expiresAt }] of this.documents) if (expiresAt <= this.now) this.documents.delete(key);
  }
}
