import type { MethodDefinition, ServiceDefinition, UntypedServiceImplementation } from "@grpc/grpc-js";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { BinaryReader, BinaryWriter } from "google-protobuf";

// The program's SDK and the one beside this code may be any two versions: what they have in common is what travels, not
// the classes of messages, which move from one file to another between versions.

/** A message of whichever class. */
interface Message {
  serializeBinary(): Uint8Array;
}

/** Written as bytes, whatever class the service of this SDK would ask for: from 3.256 on, another one for look-ups. */
const written = (message: Message): Buffer => Buffer.from(message.serializeBinary());

/** A method that this SDK may be too old to know, or to have the messages of. */
const method = <Request>(name: string, read: (bytes: Buffer) => Request): MethodDefinition<Request, Message> => ({
  path: `/pulumirpc.ResourceMonitor/${name}`,
  requestStream: false,
  responseStream: false,
  requestSerialize: () => Buffer.alloc(0),
  requestDeserialize: read,
  responseSerialize: written,
  responseDeserialize: () => ({ serializeBinary: () => new Uint8Array() }),
});

/** Whether a resource exists, which the newest SDKs ask (`existsResource`). */
export interface ExistsResourceRequest {
  type: string;
  id: string;
}

function readExistsResource(bytes: Buffer): ExistsResourceRequest {
  const request: ExistsResourceRequest = { type: "", id: "" };
  const reader = new BinaryReader(bytes);
  while (reader.nextField()) {
    if (reader.getFieldNumber() === 1) request.type = reader.readString();
    else if (reader.getFieldNumber() === 2) request.id = reader.readString();
    else reader.skipField();
  }
  return request;
}

/** @param exists undefined where nobody knows. */
export function existsResourceResponse(exists: boolean | undefined): Message {
  const writer = new BinaryWriter();
  if (exists === undefined) writer.writeBool(2, true);
  else writer.writeBool(1, exists);
  return { serializeBinary: () => writer.getResultBuffer() };
}

/** @param features numbers of `ResourceMonitorFeature`. */
export function deploymentInfo(features: readonly number[]): Message {
  const writer = new BinaryWriter();
  writer.writePackedEnum(8, [...features]);
  return { serializeBinary: () => writer.getResultBuffer() };
}

/** All methods of the resource monitor of SDKs from 3.200 to 3.270. */
export const monitorService: ServiceDefinition<UntypedServiceImplementation> = {
  ...Object.fromEntries(
    Object.entries(ResourceMonitorService).map(([name, definition]) => [
      name,
      { ...(definition as MethodDefinition<unknown, Message>), responseSerialize: written },
    ]),
  ),
  existsResource: method("ExistsResource", readExistsResource),
  getDeploymentInfo: method("GetDeploymentInfo", () => ({})),
};
