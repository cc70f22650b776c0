/** Runs policies through the policy SDK's own request handlers: real proxies, real levels, real messages. */
import type { ResourceValidation, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import {
  AnalyzeRequest,
  type AnalyzeResponse,
  AnalyzerPropertyDependencies,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeStackRequest,
  EnforcementLevel,
  type RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { policies } from "../../../policypack/policies";
import { sdkPolicy } from "../../../policypack/sdk";
import { undecidedMarker } from "../../../policypack/undecided";
import type { TestResource } from "./table";

// The handlers have no published types.
type Handler<Request, Response> = (
  pack: string,
  version: string,
  level: string,
  policies: readonly object[],
) => (call: { request: Request }, done: (error: Error | undefined, response: Response) => void) => void;
const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun, makeRemediateRpcFun } = require("@pulumi/policy/server") as {
  makeAnalyzeRpcFun: Handler<AnalyzeRequest, AnalyzeResponse>;
  makeAnalyzeStackRpcFun: Handler<AnalyzeStackRequest, AnalyzeResponse>;
  makeRemediateRpcFun: Handler<AnalyzeRequest, RemediateResponse>;
};

export interface Diagnostic {
  policy: string;
  level: keyof typeof EnforcementLevel;
  message: string;
}

/** Configuration by policy name, without enforcement levels. */
export type Configuration = Record<string, object>;

export const urnOf = ({ type, name }: TestResource): string => `urn:pulumi:test::test::${type}::${name}`;

export const analyzeRequest = (resource: TestResource): AnalyzeRequest => fill(new AnalyzeRequest(), resource);

function fill<T extends AnalyzeRequest | AnalyzerResource>(request: T, resource: TestResource): T {
  const { type, name, props, ignoreChanges = [], provider = {}, protect = false } = resource;
  request.setType(type);
  request.setName(name);
  request.setUrn(urnOf(resource));
  request.setProperties(onTheWire(props));
  const options = new AnalyzerResourceOptions();
  options.setIgnorechangesList(ignoreChanges);
  options.setProtect(protect);
  request.setOptions(options);
  const providerResource = new AnalyzerProviderResource();
  providerResource.setType("pulumi:providers:aws");
  providerResource.setName("default");
  providerResource.setUrn("urn:pulumi:test::test::pulumi:providers:aws::default");
  providerResource.setProperties(onTheWire(provider));
  request.setProvider(providerResource);
  return request;
}

/** What is undefined is not sent. */
const onTheWire = (props: object) => Struct.fromJavaScript(JSON.parse(JSON.stringify(props)));

const levels = Object.keys(EnforcementLevel) as (keyof typeof EnforcementLevel)[];

export function diagnosticsOf(response: AnalyzeResponse): Diagnostic[] {
  return response.getDiagnosticsList().map((diagnostic) => ({
    policy: diagnostic.getPolicyname(),
    level: levels.find((level) => EnforcementLevel[level] === diagnostic.getEnforcementlevel())!,
    message: diagnostic.getMessage(),
  }));
}

/** The policies that judge one resource at a time, as the policy SDK runs them. */
export const resourcePolicies = (): ResourceValidationPolicy[] =>
  policies.filter(({ check }) => check).map((policy) => sdkPolicy(policy) as ResourceValidationPolicy);

/** The handler's whole response. The engine's `Configure` call is not part of it, so configuration is handed in here. */
export function respond(resource: TestResource, configuration: Configuration = {}): Promise<AnalyzeResponse> {
  const configured = resourcePolicies().map((policy): ResourceValidationPolicy => {
    const validate = policy.validateResource as ResourceValidation;
    const getConfig = <T extends object>() => (configuration[policy.name] ?? {}) as T;
    return { ...policy, validateResource: (args, report) => validate({ ...args, getConfig }, report) };
  });
  const handle = makeAnalyzeRpcFun("pack", "1.0.0", "mandatory", configured);
  return new Promise((resolve, reject) => {
    handle({ request: analyzeRequest(resource) }, (error, response) => (error ? reject(error) : resolve(response)));
  });
}

/** What all policies say of a resource. */
export async function analyze(resource: TestResource, configuration: Configuration = {}): Promise<Diagnostic[]> {
  return diagnosticsOf(await respond(resource, configuration));
}

/** Last line of each message of one policy: at the policy's own level, and undecided ones without their marker. */
export async function verdicts(
  policy: string,
  resource: TestResource,
  configuration: object = {},
): Promise<{ violations: string[]; undecided: string[] }> {
  const found = (await analyze(resource, { [policy]: configuration })).filter((each) => each.policy === policy);
  const text = (each: Diagnostic) => each.message.split("\n").at(-1)!;
  const isUndecided = (each: Diagnostic) => each.message.startsWith(`${undecidedMarker} `);
  const level = (policies.find(({ name }) => name === policy)?.level ?? "mandatory").toUpperCase();
  return {
    violations: found.filter((each) => each.level === level && !isUndecided(each)).map(text),
    undecided: found
      .filter((each) => each.level === "ADVISORY" && isUndecided(each))
      .map((each) => text(each).slice(undecidedMarker.length + 1)),
  };
}

/** What the policies on whole stacks say; `about` is the name of the resource. */
export async function analyzeStack(
  resources: readonly TestResource[],
  configuration: Configuration = {},
): Promise<(Diagnostic & { about: string })[]> {
  const request = new AnalyzeStackRequest();
  request.setResourcesList(
    resources.map((resource) => {
      const message = fill(new AnalyzerResource(), resource);
      for (const [property, urns] of Object.entries(resource.dependencies ?? {})) {
        const on = new AnalyzerPropertyDependencies();
        on.setUrnsList(urns);
        message.getPropertydependenciesMap().set(property, on);
      }
      return message;
    }),
  );
  const configured = policies
    .filter(({ checkStack }) => checkStack)
    .map((policy) => sdkPolicy(policy) as StackValidationPolicy)
    .map((policy): StackValidationPolicy => {
      const getConfig = <T extends object>() => (configuration[policy.name] ?? {}) as T;
      return { ...policy, validateStack: (args, report) => policy.validateStack({ ...args, getConfig }, report) };
    });
  const handle = makeAnalyzeStackRpcFun("pack", "1.0.0", "mandatory", configured);
  const response = await new Promise<AnalyzeResponse>((resolve, reject) => {
    handle({ request }, (error, answer) => (error ? reject(error) : resolve(answer)));
  });
  const urns = response.getDiagnosticsList().map((diagnostic) => diagnostic.getUrn().split("::").at(-1)!);
  return diagnosticsOf(response).map((diagnostic, index) => ({ ...diagnostic, about: urns[index]! }));
}

/** What remediations make of a resource's inputs, as they travel on the wire: undefined where they change nothing. */
export async function remediate(
  resource: TestResource,
  configuration: Configuration = {},
): Promise<{ props: Record<string, unknown> | undefined; by: string[]; problems: string[] }> {
  const configured = policies
    .filter(({ mend }) => mend)
    .map((policy) => sdkPolicy(policy) as ResourceValidationPolicy)
    .map((policy): ResourceValidationPolicy => {
      const getConfig = <T extends object>() => (configuration[policy.name] ?? {}) as T;
      const remediateResource: ResourceValidationPolicy["remediateResource"] = (args) =>
        policy.remediateResource!({ ...args, getConfig });
      return { ...policy, enforcementLevel: "remediate", remediateResource };
    });
  const handle = makeRemediateRpcFun("pack", "1.0.0", "mandatory", configured);
  const response = await new Promise<RemediateResponse>((resolve, reject) => {
    handle({ request: analyzeRequest(resource) }, (error, answer) => (error ? reject(error) : resolve(answer)));
  });
  const remediations = response.getRemediationsList();
  return {
    props: remediations.at(-1)?.getProperties()?.toJavaScript() as Record<string, unknown> | undefined,
    by: remediations.map((each) => each.getPolicyname()),
    problems: remediations.map((each) => each.getDiagnostic()).filter(Boolean),
  };
}
