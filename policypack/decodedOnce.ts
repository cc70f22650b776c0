import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/**
 * The policy SDK decodes a resource anew for each policy of a pack. What it decodes does not change meanwhile, and what
 * comes out is copied before a policy gets it: so it is decoded once. An SDK that brings a protobuf of its own is left as
 * it is.
 */
export function decodeOnce(): void {
  const decoded = new WeakMap<Struct, ReturnType<Struct["toJavaScript"]>>();
  const decode = Struct.prototype.toJavaScript;
  Struct.prototype.toJavaScript = function (this: Struct) {
    const known = decoded.get(this);
    if (known) return known;
    const value = decode.call(this);
    decoded.set(this, value);
    return value;
  };
}
