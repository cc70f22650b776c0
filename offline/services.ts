import { type handleUnaryCall, Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { EngineService, type IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb";
import {
  GetRootResourceResponse,
  LogSeverity,
  RequirePulumiVersionResponse,
  SetRootResourceResponse,
} from "@pulumi/pulumi/proto/engine_pb";
import type { IResourceMonitorServer } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { RegisterPackageResponse, SupportsFeatureResponse } from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type Monitor, RpcError } from "./monitor";
import { deploymentInfo, type ExistsResourceRequest, existsResourceResponse, monitorService } from "./protocol";

/** A line that the program logged (`pulumi.log`), or printed. */
export interface LogLine {
  severity: "debug" | "info" | "warning" | "error";
  message: string;
  urn?: string;
}

/**
 * What the monitor does, by the name that SDKs ask for one by one, and by its number in `ResourceMonitorFeature`, as newer
 * ones are told at once.
 */
const features = {
  secrets: 0,
  resourceReferences: 1,
  outputValues: 2,
  aliasSpecs: 3,
  deletedWith: 5,
  replaceWith: 6,
  transforms: 7,
  invokeTransforms: 8,
  parameterization: 9,
  resourceHooks: 10,
  errorHooks: 11,
  // There is no state here to migrate: as under the engine with a new stack.
  stateMigrations: 16,
};

const messageSize = 400 * 1024 * 1024;

/** Serves the monitor and the engine on the loopback interface. Returns the address and a way to end it. */
export async function serve(
  monitor: Monitor,
  onLog: (line: LogLine) => void,
): Promise<{ address: string; close(): void }> {
  const server = new Server({
    "grpc.max_receive_message_length": messageSize,
    "grpc.max_send_message_length": messageSize,
  });
  server.addService(monitorService, monitorMethods(monitor));
  server.addService(EngineService, engineMethods(onLog) as IEngineServer);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

/** A method as an async function; what it throws is the error that the program sees. */
function unary<Request, Response>(
  respond: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve(call.request)
      .then(respond)
      .then(
        (response) => callback(null, response),
        (error: unknown) =>
          callback(error instanceof RpcError ? error : new RpcError(String((error as Error)?.message ?? error))),
      );
  };
}

const empty = () => new Empty();

function monitorMethods(monitor: Monitor): UntypedServiceImplementation {
  const methods: Partial<IResourceMonitorServer> = {
    supportsFeature: unary((request) => {
      const response = new SupportsFeatureResponse();
      response.setHassupport(Object.hasOwn(features, request.getId()));
      return response;
    }),
    registerResource: unary((request) => monitor.register(request)),
    registerResourceOutputs: unary((request) => {
      monitor.registerOutputs(request.getUrn(), request.getOutputs());
      return empty();
    }),
    readResource: unary((request) =>
      monitor.read(request.getType(), request.getName(), request.getId(), request.getParent(), request.getProperties()),
    ),
    invoke: unary((request) => monitor.invoke(request)),
    call: unary((request) => monitor.call(request.getTok(), request.getArgs())),
    registerStackTransform: unary((request) => {
      monitor.addStackTransform(request);
      return empty();
    }),
    registerStackInvokeTransform: unary((request) => {
      monitor.addInvokeTransform(request);
      return empty();
    }),
    // Hooks run around the work of a provider, of which there is none here.
    registerResourceHook: unary(empty),
    registerErrorHook: unary(empty),
    registerPackage: unary(() => {
      const response = new RegisterPackageResponse();
      response.setRef(monitor.registerPackage());
      return response;
    }),
    signalAndWaitForShutdown: unary(() => {
      monitor.finished = true;
      return empty();
    }),
  };
  return {
    ...methods,
    existsResource: unary(({ type, id }: ExistsResourceRequest) => existsResourceResponse(monitor.exists(type, id))),
    getDeploymentInfo: unary(() => deploymentInfo(Object.values(features))),
  };
}

function engineMethods(onLog: (line: LogLine) => void): Partial<IEngineServer> {
  const severities: Record<number, LogLine["severity"]> = {
    [LogSeverity.DEBUG]: "debug",
    [LogSeverity.INFO]: "info",
    [LogSeverity.WARNING]: "warning",
    [LogSeverity.ERROR]: "error",
  };
  let root = "";
  return {
    log: unary((request) => {
      onLog({
        severity: severities[request.getSeverity()] ?? "info",
        message: request.getMessage(),
        ...(request.getUrn() && { urn: request.getUrn() }),
      });
      return empty();
    }),
    getRootResource: unary(() => {
      const response = new GetRootResourceResponse();
      response.setUrn(root);
      return response;
    }),
    setRootResource: unary((request) => {
      root = request.getUrn();
      return new SetRootResourceResponse();
    }),
    startDebugging: unary(empty),
    // The version asked for is the CLI's, and there is none.
    requirePulumiVersion: unary(() => new RequirePulumiVersionResponse()),
  };
}
