/** A detection, with its exclusions, that no filter pattern can express or that AWS would refuse. */
export class CompileError extends Error {
  constructor(
    /** Id of the detection. */
    readonly detectionId: string,
    /** What cannot be expressed and what to write instead. */
    readonly reason: string,
  ) {
    super(`detection ${detectionId}: ${reason}`);
    this.name = "CompileError";
  }
}

/** Why a part cannot be compiled. The compiler adds the detection's id. */
export class Inexpressible extends Error {}
