export type DurableMeasure = 'step.durable' | 'permit.durable';

/** Whether a contestant may use all cores, or one. */
export type Setting = 'unpinned' | 'pinned';

/** What a contestant does of a durable measure in one setting. */
export interface DurableFigures {
  /** Per second of processor time of all processes involved, database included. */
  instancesPerCpuSecond: number;
  stepsPerInstance: number;
  /** Between the engine and its store; those of an instance's start count with its steps. */
  roundTripsPerStep: number;
  fsyncsPerStep: number;
}

/** The figures in words. */
export const inWords = (figures: DurableFigures): string =>
  `${figures.instancesPerCpuSecond.toFixed(1)} instances/CPU-s, ${figures.stepsPerInstance.toFixed(2)} steps an instance, ` +
  `${figures.roundTripsPerStep.toFixed(2)} round trips and ${figures.fsyncsPerStep.toFixed(2)} fsyncs a step`;
