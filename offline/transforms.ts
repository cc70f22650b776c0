import { credentials } from "@grpc/grpc-js";
import { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb";
import { type Callback, CallbackInvokeRequest } from "@pulumi/pulumi/proto/callback_pb";
import {
  type RegisterResourceRequest,
  type ResourceInvokeRequest,
  TransformInvokeRequest,
  TransformInvokeResponse,
  TransformRequest,
  TransformResourceOptions,
  TransformResponse,
} from "@pulumi/pulumi/proto/resource_pb";

/** Runs functions of the program that are registered as callbacks, through the program's own callback server. */
export class Callbacks {
  private readonly clients = new Map<string, CallbacksClient>();

  /** Runs a resource transform and writes what it returned into the request. */
  async transform(callback: Callback, request: RegisterResourceRequest): Promise<void> {
    const message = new TransformRequest();
    message.setType(request.getType());
    message.setName(request.getName());
    message.setCustom(request.getCustom());
    message.setParent(request.getParent());
    message.setProperties(request.getObject());
    message.setOptions(optionsOf(request));
    const response = TransformResponse.deserializeBinary(await this.call(callback, message.serializeBinary()));
    if (response.hasProperties()) request.setObject(response.getProperties());
    const options = response.getOptions();
    if (options) writeOptions(request, options);
  }

  /** Runs a look-up transform and writes what it returned into the request. */
  async transformInvoke(callback: Callback, request: ResourceInvokeRequest): Promise<void> {
    const message = new TransformInvokeRequest();
    message.setToken(request.getTok());
    message.setArgs(request.getArgs());
    const response = TransformInvokeResponse.deserializeBinary(await this.call(callback, message.serializeBinary()));
    if (response.hasArgs()) request.setArgs(response.getArgs());
  }

  close(): void {
    for (const client of this.clients.values()) client.close();
  }

  private call(callback: Callback, message: Uint8Array): Promise<Uint8Array> {
    const target = callback.getTarget();
    const client = this.clients.get(target) ?? new CallbacksClient(target, credentials.createInsecure());
    this.clients.set(target, client);
    const request = new CallbackInvokeRequest();
    request.setToken(callback.getToken());
    request.setRequest(message);
    return new Promise((resolve, reject) => {
      client.invoke(request, (error, response) => {
        if (error) reject(new Error(error.details || error.message));
        else resolve(response!.getResponse_asU8());
      });
    });
  }
}

function optionsOf(request: RegisterResourceRequest): TransformResourceOptions {
  const options = new TransformResourceOptions();
  options.setDependsOnList(request.getDependenciesList());
  if (request.hasProtect()) options.setProtect(request.getProtect()!);
  options.setIgnoreChangesList(request.getIgnorechangesList());
  options.setReplaceOnChangesList(request.getReplaceonchangesList());
  options.setVersion(request.getVersion());
  options.setAliasesList(request.getAliasesList());
  options.setProvider(request.getProvider());
  options.setCustomTimeouts(request.getCustomtimeouts());
  options.setPluginDownloadUrl(request.getPlugindownloadurl());
  if (request.hasRetainondelete()) options.setRetainOnDelete(request.getRetainondelete()!);
  options.setDeletedWith(request.getDeletedwith());
  if (request.getDeletebeforereplacedefined()) options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  options.setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList());
  for (const [name, provider] of request.getProvidersMap().entries()) options.getProvidersMap().set(name, provider);
  options.setHooks(request.getHooks());
  options.setImport(request.getImportid());
  options.setHideDiffList(request.getHidediffsList());
  // Fields that the oldest SDKs we work with do not have.
  options.setReplaceWithList?.(request.getReplaceWithList?.() ?? []);
  options.setReplacementTrigger?.(request.getReplacementTrigger?.());
  return options;
}

/** What a transform returns replaces the options; the parent cannot be changed. */
function writeOptions(request: RegisterResourceRequest, options: TransformResourceOptions): void {
  request.setDependenciesList(options.getDependsOnList());
  if (options.hasProtect()) request.setProtect(options.getProtect()!);
  else request.clearProtect();
  request.setIgnorechangesList(options.getIgnoreChangesList());
  request.setReplaceonchangesList(options.getReplaceOnChangesList());
  request.setVersion(options.getVersion());
  request.setAliasesList(options.getAliasesList());
  request.setProvider(options.getProvider());
  request.setCustomtimeouts(options.getCustomTimeouts());
  request.setAdditionalsecretoutputsList(options.getAdditionalSecretOutputsList());
  request.setDeletebeforereplacedefined(options.hasDeleteBeforeReplace());
  request.setDeletebeforereplace(options.getDeleteBeforeReplace() ?? false);
  request.setImportid(options.getImport());
}
