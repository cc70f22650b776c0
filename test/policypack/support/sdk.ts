/** Runs policies through the policy SDK's own request handlers: real proxies, real levels, real messages. */
import type { ResourceValidation, ResourceValidationPolicy } from "@pulumi/policy";
import {
  AnalyzeRequest,
  type AnalyzeResponse,
  AnalyzerProviderResource,
  AnalyzerResourceOptions,
  EnforcementLevel,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { policies } from "../../../policypack/policies";
import { sdkPolicy } from "../../../policypack/sdk";
import { undecidedMarker } from "../../../policypack/undecided";
import type { TestResource } from "./table";

// The handlers have no published types.
const { makeAnalyzeRpcFun } = require("@pulumi/policy/server") as {
  makeAnalyzeRpcFun(
    pack: string,
    version: string,
    level: string,
    policies: ResourceValidationPolicy[],
  ): (call: { request: AnalyzeRequest }, done: (error: Error | undefined, response: AnalyzeResponse) => void) => void;
};

export interface Diagnostic {
  policy: string;
  level: keyof typeof EnforcementLevel;
  message: string;
}

/** Configuration by policy name, without enforcement levels. */
export type Configuration = Record<string, object>;

export function analyzeRequest({ type, name, props, ignoreChanges = [], provider = {} }: TestResource): AnalyzeRequest {
  const request = new AnalyzeRequest();
  request.setType(type);
  request.setName(name);
  request.setUrn(`urn:pulumi:test::test::${type}::${name}`);
  request.setProperties(onTheWire(props));
  const options = new AnalyzerResourceOptions();
  options.setIgnorechangesList(ignoreChanges);
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

/** Last line of each message of one policy: mandatory ones, and undecided ones without their marker. */
export async function verdicts(
  policy: string,
  resource: TestResource,
  configuration: object = {},
): Promise<{ violations: string[]; undecided: string[] }> {
  const found = (await analyze(resource, { [policy]: configuration })).filter((each) => each.policy === policy);
  const text = (each: Diagnostic) => each.message.split("\n").at(-1)!;
  return {
    violations: found.filter((each) => each.level === "MANDATORY").map(text),
    undecided: found
      .filter((each) => each.level === "ADVISORY" && each.message.startsWith(`${undecidedMarker} `))
      .map((each) => text(each).slice(undecidedMarker.length + 1)),
  };
}
