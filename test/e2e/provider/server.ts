import { type handleUnaryCall, Metadata, Server, ServerCredentials, status } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { type IResourceProviderServer, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Account } from "./account";
import { Provider, Unfinished } from "./provider";
import type { Properties } from "./resourceType";

export interface RunningProvider {
  port: number;
  /** Where calls can be refused. */
  account: Account;
  /** What was taken on trust, since the account does not say it. */
  believed: ReadonlySet<string>;
  /** From now on, changes every resource's inputs before anything else sees them. */
  meddle(change: Provider["meddle"]): void;
  /** What it does for the engine, for a test that does it without. */
  resources: Pick<Provider, "diff" | "read" | "update">;
  /** What it answers to a look-up. */
  lookUp(token: string, args: Properties): Promise<Properties>;
  close(): void;
}

/**
 * Serves the provider on the loopback interface. The engine attaches to it (PULUMI_DEBUG_PROVIDERS), so it runs in the
 * process of the tests, which can see and refuse its calls.
 */
export async function serveProvider(endpoint: string): Promise<RunningProvider> {
  const account = new Account(endpoint, "us-east-1");
  const provider = new Provider(account);
  const server = new Server({ "grpc.max_receive_message_length": -1 });
  server.addService(ResourceProviderService, methods(provider) as unknown as IResourceProviderServer);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    port,
    account,
    believed: provider.believed,
    resources: provider,
    meddle(change) {
      provider.meddle = change;
    },
    lookUp: (token, args) => provider.lookUp(token, args),
    close() {
      server.forceShutdown();
      account.close();
    },
  };
}

const properties = (struct: Struct | undefined): Properties => (struct?.toJavaScript() ?? {}) as Properties;
const struct = (object: Properties): Struct => Struct.fromJavaScript(object as { [key: string]: JavaScriptValue });

/** A method as an async function; what it throws is what the engine reports. */
function unary<Request, Response>(
  respond: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve(call.request)
      .then(respond)
      .then(
        (response) => callback(null, response),
        (error: Error) => callback({ code: status.UNKNOWN, details: error.message, metadata: detailsOf(error) }),
      );
  };
}

/** How a provider says that a resource exists all the same: as details of the error, in a field that gRPC keeps for them. */
function detailsOf(error: Error): Metadata {
  const metadata = new Metadata();
  if (!(error instanceof Unfinished)) return metadata;
  const failed = new proto.ErrorResourceInitFailed();
  failed.setId(error.id);
  failed.setProperties(struct(error.inputs));
  failed.setInputs(struct(error.inputs));
  failed.setReasonsList([error.message]);
  const detail = new Any();
  detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const answer = new Status();
  answer.setCode(status.UNKNOWN);
  answer.setMessage(error.message);
  answer.addDetails(detail);
  metadata.add("grpc-status-details-bin", Buffer.from(answer.serializeBinary()));
  return metadata;
}

function methods(provider: Provider) {
  const empty = unary(() => new Empty());
  return {
    attach: empty,
    cancel: empty,
    getPluginInfo: unary(() => {
      const info = new PluginInfo();
      info.setVersion("7.48.0");
      return info;
    }),
    checkConfig: unary((request: proto.CheckRequest) => {
      const response = new proto.CheckResponse();
      response.setInputs(request.getNews());
      return response;
    }),
    diffConfig: unary(() => new proto.DiffResponse()),
    configure: unary((request: proto.ConfigureRequest) => {
      provider.configure(properties(request.getArgs()));
      const response = new proto.ConfigureResponse();
      // Else the engine would take every output for unknown in a preview, and report changes that are none.
      response.setSupportspreview(true);
      return response;
    }),

    check: unary((request: proto.CheckRequest) => {
      const [old, news] = [properties(request.getOlds()), properties(request.getNews())];
      const response = new proto.CheckResponse();
      response.setInputs(struct(provider.check(request.getUrn(), old, news, request.getRandomseed_asU8())));
      return response;
    }),
    diff: unary((request: proto.DiffRequest) => {
      const old = properties(request.getOldInputs());
      const { changes, replaces, deleteBeforeReplace } = provider.diff(
        request.getUrn(),
        old,
        properties(request.getNews()),
      );
      const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
      const response = new proto.DiffResponse();
      response.setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE);
      response.setDiffsList(changes);
      response.setReplacesList(replaces);
      response.setDeletebeforereplace(deleteBeforeReplace);
      return response;
    }),
    create: unary(async (request: proto.CreateRequest) => {
      const inputs = properties(request.getProperties());
      const response = new proto.CreateResponse();
      // In a preview, what the account would add is unknown.
      const made = request.getPreview() ? { id: "", outputs: inputs } : await provider.create(request.getUrn(), inputs);
      response.setId(made.id);
      response.setProperties(struct(made.outputs));
      return response;
    }),
    read: unary(async (request: proto.ReadRequest) => {
      const response = new proto.ReadResponse();
      const found = await provider.read(request.getUrn(), request.getId(), properties(request.getInputs()));
      if (!found) return response; // no id: it is gone
      response.setId(request.getId());
      response.setInputs(struct(found.inputs));
      response.setProperties(struct(found.outputs));
      return response;
    }),
    update: unary(async (request: proto.UpdateRequest) => {
      const inputs = properties(request.getNews());
      const response = new proto.UpdateResponse();
      const old = properties(request.getOldInputs());
      const outputs = request.getPreview()
        ? { ...properties(request.getOlds()), ...inputs }
        : await provider.update(request.getUrn(), request.getId(), old, inputs);
      response.setProperties(struct(outputs));
      return response;
    }),
    delete: unary(async (request: proto.DeleteRequest) => {
      await provider.delete(request.getUrn(), request.getId(), properties(request.getOldInputs()));
      return new Empty();
    }),
    invoke: unary(async (request: proto.InvokeRequest) => {
      const response = new proto.InvokeResponse();
      const answer = await provider.lookUp(request.getTok(), properties(request.getArgs()));
      response.setReturn(struct(JSON.parse(JSON.stringify(answer))));
      return response;
    }),
  };
}
