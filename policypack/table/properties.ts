import type { Declared } from "../declared/declared";
import { booleanText, type Kind, map, mapped, numberText, type Reading, read, string } from "./reading";
import type { Setting } from "./view";

/** A block of a resource of CloudFormation, with the place where it is written; names are CloudFormation's. */
export class Properties {
  constructor(
    private readonly resource: Declared,
    readonly reading: Reading<object>,
    private readonly path = "",
  ) {}

  /** Path of a property, as it is spelled in the program. */
  pathOf(name: string): string {
    const spelled = this.resource.spelled(name);
    return this.path === "" ? spelled : `${this.path}.${spelled}`;
  }

  read<T>(name: string, kind: Kind<T>): Reading<T> {
    return read(this.reading, this.resource.spelled(name), kind, this.pathOf(name));
  }

  block(name: string): Properties {
    return new Properties(this.resource, this.read(name, map), this.pathOf(name));
  }

  text(name: string): Reading<string> {
    return this.read(name, string);
  }

  boolean(name: string): Reading<boolean> {
    return mapped(this.read(name, booleanText), (value) => value === true || value === "true");
  }

  number(name: string): Reading<number> {
    return mapped(this.read(name, numberText), Number);
  }

  /** A setting that is written as one property. */
  setting<T>(name: string, written: Reading<T>, otherwise: T, shown: (value: T) => string = String): Setting<T> {
    const property = this.pathOf(name);
    return { property, written, otherwise, write: (value) => `${property}: ${shown(value)}` };
  }
}
