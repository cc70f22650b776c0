import { status } from "@grpc/grpc-js";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import { CallResponse, InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import {
  ReadResourceResponse,
  type RegisterResourceRequest,
  RegisterResourceResponse,
  type ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { defaultRegion, jsonProperty, textOf } from "./awsLocation";
import type { Configuration } from "./configuration";
import { TaggableTypes, tagsAll } from "./defaultTags";
import { answer, existsToken, type Lookup, type LookupEntries } from "./lookups/answers";
import { type Registration, seconds } from "./registration";
import { resolve } from "./resolved/outputs";
import type { Scrubber } from "./secrets/scrubber";
import { Callbacks } from "./transforms";
import { buildUrn, providerUrn, stackType } from "./urn";
import { flattenObject, secretTexts, unknownValue, type WireObject } from "./wire";

/** Key of the answer to a look-up that has none; `preload.cjs` turns it into an error where the program awaits it. */
const unanswered = "__dynamodbDetectiveUnanswered";
/** Argument with which `preload.cjs` says that it does so in the SDK that asks. */
const guarded = "__dynamodbDetectiveGuarded";

export interface MonitorSettings {
  project: string;
  programFolder: string;
  configuration: Configuration;
  lookups: LookupEntries;
  /** Answer with made-up ids and ARNs instead of unknown values. */
  resolved: boolean;
  scrubber: Scrubber;
  /** Called for each resource before the program hears of it; may change `checked` (remediation). */
  onRegistered(registration: Registration): Promise<void>;
}

/** An RPC that the program sees fail with exactly this text. */
export class RpcError extends Error {
  readonly code = status.UNKNOWN;
  readonly details: string;
  constructor(details: string) {
    super(details);
    this.details = details;
  }
}

/**
 * The resource monitor of an offline preview: what Pulumi's engine is to a program, without providers. Keeps everything
 * that the program registered, in order.
 */
export class Monitor {
  readonly registrations = new Map<string, Registration>();
  /** Look-ups that have no answer offline. */
  readonly unansweredLookups: Lookup[] = [];
  readonly stackOutputs: WireObject = {};
  /** URN of the stack resource. */
  rootUrn = "";
  /** Whether the program said that it registered everything. */
  finished = false;
  /** Whether the program came to its last line: only then does the SDK register the stack's outputs. */
  ranToItsEnd = false;

  private readonly callbacks = new Callbacks();
  private readonly stackTransforms: Callback[] = [];
  private readonly invokeTransforms: Callback[] = [];
  private readonly transformsByUrn = new Map<string, Callback[]>();
  private readonly taggable: TaggableTypes;
  private packages = 0;

  constructor(private readonly settings: MonitorSettings) {
    this.taggable = new TaggableTypes(settings.programFolder);
  }

  addStackTransform(callback: Callback): void {
    this.stackTransforms.push(callback);
  }

  addInvokeTransform(callback: Callback): void {
    this.invokeTransforms.push(callback);
  }

  /** A reference to a parameterized package; the program only hands it back. */
  registerPackage(): string {
    this.packages += 1;
    return `offline-package-${this.packages}`;
  }

  /** The answers that were given to it. */
  get lookups(): LookupEntries {
    return this.settings.lookups;
  }

  close(): void {
    this.callbacks.close();
  }

  async register(request: RegisterResourceRequest): Promise<RegisterResourceResponse> {
    const { settings } = this;
    const type = request.getType();
    const parent = request.getParent() || (type === stackType ? "" : this.rootUrn);
    const urn = buildUrn(settings.configuration.stack, settings.project, parent, type, request.getName());
    // The engine's order: the resource's own transforms, its parents' from the inside out, the stack's.
    this.transformsByUrn.set(urn, request.getTransformsList());
    for (const transform of this.transformsOf(urn, parent)) await this.callbacks.transform(transform, request);

    if (this.registrations.has(urn)) {
      throw new RpcError(`Duplicate resource URN '${urn}'; try giving it a unique name`);
    }
    const registration = this.registrationOf(request, urn, parent);
    this.registrations.set(urn, registration);
    if (type === stackType) this.rootUrn = urn;
    if (registration.custom && settings.resolved) this.resolve(registration);
    await settings.onRegistered(registration);
    return this.responseTo(registration);
  }

  registerOutputs(urn: string, outputs: Struct | undefined): void {
    const values = flattenObject((outputs?.toJavaScript() ?? {}) as WireObject);
    secretTexts(values, (text) => this.settings.scrubber.add(text));
    const registration = this.registrations.get(urn);
    if (registration) Object.assign(registration.outputs, values);
    if (urn !== this.rootUrn) return;
    this.ranToItsEnd = true;
    Object.assign(this.stackOutputs, values);
  }

  /** An existing resource that the program refers to: a look-up by id. */
  read(type: string, name: string, id: string, parent: string, properties: Struct | undefined): ReadResourceResponse {
    const { settings } = this;
    const response = new ReadResourceResponse();
    response.setUrn(buildUrn(settings.configuration.stack, settings.project, parent || this.rootUrn, type, name));
    const given = flattenObject((properties?.toJavaScript() ?? {}) as WireObject);
    const lookup: Lookup = { token: type, args: { id } };
    const state = answer(lookup, this.region(""), settings.lookups);
    if (state) response.setProperties(Struct.fromJavaScript({ ...given, ...state }));
    else {
      this.unansweredLookups.push(lookup);
      const made = settings.resolved ? resolve(response.getUrn(), type, name, given, this.region("")).outputs : {};
      response.setProperties(Struct.fromJavaScript({ ...made, ...given }));
    }
    return response;
  }

  /** Whether a resource is there that the program did not make: a look-up too. */
  exists(type: string, id: string): boolean | undefined {
    const lookup: Lookup = { token: existsToken, args: { type, id } };
    const exists = answer(lookup, this.region(""), this.settings.lookups)?.["exists"];
    if (typeof exists === "boolean") return exists;
    this.unansweredLookups.push(lookup);
    return undefined;
  }

  async invoke(request: ResourceInvokeRequest): Promise<InvokeResponse> {
    const isGuarded = takeMark(request.getArgs());
    for (const transform of this.invokeTransforms) await this.callbacks.transformInvoke(transform, request);
    const token = request.getTok();
    const args = flattenObject((request.getArgs()?.toJavaScript() ?? {}) as WireObject);
    const result =
      token === "pulumi:pulumi:getResource"
        ? this.getResource(String(args["urn"]))
        : answer({ token, args }, this.region(request.getProvider()), this.settings.lookups);
    const response = new InvokeResponse();
    response.setReturn(Struct.fromJavaScript(result ?? this.unanswered({ token, args }, isGuarded)));
    return response;
  }

  call(token: string, args: Struct | undefined): CallResponse {
    const isGuarded = takeMark(args);
    const response = new CallResponse();
    const lookup = { token, args: flattenObject((args?.toJavaScript() ?? {}) as WireObject) };
    const result = answer(lookup, this.region(""), this.settings.lookups);
    response.setReturn(Struct.fromJavaScript(result ?? this.unanswered(lookup, isGuarded)));
    return response;
  }

  /** The Region of a provider, as the AWS provider decides: its own `region`, else `aws:region`. */
  region(provider: string): string {
    const inputs = provider === "" ? undefined : this.registrations.get(providerUrn(provider))?.inputs;
    return (inputs && textOf(inputs, "region")) ?? this.settings.configuration.values["aws:region"] ?? defaultRegion;
  }

  /** What a provider was configured with; the default provider of a package from `<package>:<key>`. */
  providerInputs(registration: Registration): WireObject {
    if (registration.provider !== "") return this.registrations.get(providerUrn(registration.provider))?.inputs ?? {};
    const prefix = `${registration.type.split(":")[0]}:`;
    const { values } = this.settings.configuration;
    return Object.fromEntries(
      Object.entries(values).flatMap(([key, value]) =>
        key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
      ),
    );
  }

  private *transformsOf(urn: string, parent: string): Iterable<Callback> {
    yield* this.transformsByUrn.get(urn) ?? [];
    for (let current = parent; current !== ""; current = this.registrations.get(current)?.parent ?? "") {
      yield* this.transformsByUrn.get(current) ?? [];
    }
    yield* this.stackTransforms;
  }

  private unanswered(lookup: Lookup, isGuarded: boolean): WireObject {
    this.unansweredLookups.push(lookup);
    if (!isGuarded) {
      throw new RpcError(
        `The look-up ${lookup.token} has no answer offline, and the program has a Pulumi SDK bundled into it, ` +
          "which would read the missing answer as undefined.",
      );
    }
    return { [unanswered]: unknownValue };
  }

  private getResource(urn: string): WireObject {
    const registration = this.registrations.get(urn);
    if (!registration) throw new RpcError(`unknown resource ${urn}`);
    return { urn, id: registration.id, state: this.stateOf(registration) };
  }

  private registrationOf(request: RegisterResourceRequest, urn: string, parent: string): Registration {
    const wire = (request.getObject()?.toJavaScript() ?? {}) as WireObject;
    secretTexts(wire, (text) => this.settings.scrubber.add(text));
    const inputs = flattenObject(wire);
    const timeouts = request.getCustomtimeouts();
    const position = request.getSourceposition();
    const registration: Registration = {
      urn,
      type: request.getType(),
      name: request.getName(),
      custom: request.getCustom(),
      remote: request.getRemote(),
      parent,
      inputs,
      checked: inputs,
      id: request.getImportid(),
      outputs: {},
      provider: request.getProvider(),
      providerVersion: request.getVersion(),
      dependencies: request.getDependenciesList(),
      propertyDependencies: Object.fromEntries(
        [...request.getPropertydependenciesMap().entries()].map(([key, value]) => [key, value.getUrnsList()]),
      ),
      options: {
        // Children are protected with their parent unless they say otherwise.
        protect: request.hasProtect()
          ? request.getProtect()!
          : (this.registrations.get(parent)?.options.protect ?? false),
        ignoreChanges: request.getIgnorechangesList(),
        aliases: [
          ...request.getAliasurnsList(),
          ...request.getAliasesList().flatMap((alias) => (alias.hasUrn() ? [alias.getUrn()] : [])),
        ],
        additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
        ...(request.getDeletebeforereplacedefined() && { deleteBeforeReplace: request.getDeletebeforereplace() }),
        timeouts: {
          create: seconds(timeouts?.getCreate() ?? ""),
          update: seconds(timeouts?.getUpdate() ?? ""),
          delete: seconds(timeouts?.getDelete() ?? ""),
          read: seconds(timeouts?.getRead?.() ?? ""),
        },
      },
      ...(position && { source: { file: position.getUri(), line: position.getLine() } }),
    };
    if (registration.custom && this.taggable.has(registration.type, inputs)) {
      // The provider makes `tagsAll`, and overwrites whatever a transform or a resource of one's own put there.
      const { tagsAll: _, ...written } = inputs;
      const merged = tagsAll(inputs["tags"], this.providerInputs(registration));
      registration.checked = { ...written, ...(merged !== undefined && { tagsAll: merged }) };
    }
    return registration;
  }

  /** Gives a resource the id and outputs that it could have, and the name that the provider would choose. */
  private resolve(registration: Registration): void {
    const { type, urn, name, inputs } = registration;
    const region = textOf(inputs, "region") ?? this.region(registration.provider);
    const caller = { token: "aws:index/getCallerIdentity:getCallerIdentity", args: {} };
    const account = textOf(answer(caller, region, this.settings.lookups) ?? {}, "accountId");
    const made = resolve(urn, type, name, inputs, region, account);
    registration.id ||= made.id;
    registration.outputs = made.outputs;
    registration.inputs = { ...inputs, ...made.names };
    registration.checked = { ...registration.checked, ...made.names };
  }

  private responseTo(registration: Registration): RegisterResourceResponse {
    const { custom, urn } = registration;
    const response = new RegisterResourceResponse();
    response.setUrn(urn);
    // An empty id is an unknown one. A component's outputs are made by the program itself.
    response.setId(registration.id);
    if (custom) response.setObject(Struct.fromJavaScript(this.stateOf(registration)));
    return response;
  }

  private stateOf(registration: Registration): WireObject {
    const { type, checked, outputs } = registration;
    // A provider gets structured values as JSON text; the program reads them back as it wrote them.
    const inputs = type.startsWith("pulumi:providers:")
      ? Object.fromEntries(Object.entries(checked).map(([key, value]) => [key, jsonProperty(value) ?? value]))
      : checked;
    return { ...outputs, ...inputs };
  }
}

function takeMark(args: Struct | undefined): boolean {
  const fields = args?.getFieldsMap();
  const found = fields?.has(guarded) ?? false;
  fields?.del(guarded);
  return found;
}
